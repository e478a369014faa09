import { config } from "@/packages/fresh-wix/src/config/config.ts";
import { define } from "@/lib/define.ts";
import { CALLS } from "@/lib/gateway_calls.ts";
import { createGateway } from "@/packages/fresh-wix/src/gateway/gateway.ts";
import { fetchAsCaller } from "@/packages/fresh-wix/src/create_wix.ts";

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
