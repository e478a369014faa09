import type { Call, Handler, Route } from "./call.ts";
import { Controls } from "./controls.ts";
import { assertFault } from "./faults/fault.ts";
import { invalidField, permissionDenied } from "./http/errors.ts";
import type { JsonObject } from "./http/json.ts";
import { textIn } from "./http/parse.ts";
import { reply } from "./http/reply.ts";
import { readJson } from "./http/request.ts";
import { assertSettings } from "./settings.ts";

/** The controls over HTTP, for tests that run in another process. */
export const CONTROL_ROUTES: readonly Route[] = [
  {
    name: "GET /_local/counters",
    audience: "anyone",
    handler: ({ backend }) => reply(new Controls(backend).counters),
  },
  control("POST /_local/expire", (controls, { accessTokenSeconds }) => {
    controls.expireAccessTokens();
    if (accessTokenSeconds === undefined) return;
    controls.accessTokenSeconds = Number(accessTokenSeconds);
  }),
  control("POST /_local/revoke", (controls, { memberId }) => {
    controls.revokeRefreshTokens(textIn(memberId));
  }),
  control("POST /_local/settings", (controls, sent) => {
    assertSettings(sent);
    Object.assign(controls, sent);
  }),
  control("POST /_local/fail", (controls, { target, ...fault }) => {
    assertFault(fault);
    controls.failNext(textIn(target) ?? "nothing", fault);
  }),
  control("POST /_local/clear-faults", (controls, { target }) => {
    controls.clearFaults(textIn(target));
  }),
  control("POST /_local/reset", (controls) => controls.reset()),
];

function control(
  name: Route["name"],
  run: (controls: Controls, body: JsonObject) => void,
): Route {
  const handler: Handler = async (call) => {
    refuseOtherSites(call);
    const body = await readJson(call.request);
    try {
      run(new Controls(call.backend), body);
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) {
        throw error;
      }
      throw invalidField("body", error.message);
    }
    return reply({});
  };
  return { name, audience: "anyone", handler };
}

/** A web page elsewhere must not work the switches of a developer's machine. */
function refuseOtherSites({ request, origin }: Call): void {
  const from = request.headers.get("origin");
  if (from === null || from === origin) return;
  throw permissionDenied("Controls do not answer web pages of other origins");
}
