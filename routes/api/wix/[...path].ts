import { config } from "@/lib/config.ts";
import { define } from "@/lib/define.ts";
import { CALLS } from "@/lib/gateway/calls.ts";
import { createGateway } from "@/lib/gateway/gateway.ts";
import { fetchAsCaller } from "@/lib/wix.ts";

const gateway = createGateway({
  calls: CALLS,
  appOrigin: config.appOrigin,
  local: config.local,
  send: fetchAsCaller,
});

export const handler = define.handlers(({ req, state }) =>
  gateway(req, (failure) => {
    state.log.error = failure;
  })
);
