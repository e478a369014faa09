import type { Call, Handler, Route } from "./call.ts";
import { refuseOtherSites } from "./console/guard.ts";
import { overview } from "./console/overview.ts";
import { Controls } from "./controls.ts";
import { assertFault } from "./faults/fault.ts";
import { invalidField } from "./http/errors.ts";
import type { HttpRequest } from "./http/http_request.ts";
import { isRecord, type JsonObject, textOf } from "./http/json.ts";
import { textIn } from "./http/parse.ts";
import { reply } from "./http/reply.ts";
import { readFields, readJson } from "./http/request.ts";
import { redirect } from "./pages/authorization_response.ts";
import { messagePage } from "./pages/layout.ts";

/** The controls over HTTP, for tests in other processes and the console. */
export const CONTROL_ROUTES: readonly Route[] = [
  view("GET /_local/counters", (call) => new Controls(call.backend).counters),
  view("GET /_local/overview", ({ backend }) => overview(backend)),
  control("POST /_local/expire", (controls, { accessTokenSeconds }) => {
    if (accessTokenSeconds !== undefined) {
      controls.accessTokenSeconds = Number(accessTokenSeconds);
    }
    controls.expireAccessTokens();
  }),
  control("POST /_local/revoke", (controls, { memberId }) => {
    const id = memberId === undefined ? undefined : textOf(memberId);
    controls.revokeRefreshTokens(id);
  }),
  control("POST /_local/settings", (controls, sent) => {
    controls.change(sent);
  }),
  control("POST /_local/clock", (controls, { advanceSeconds, now }) => {
    if (advanceSeconds !== undefined) {
      controls.clockOffsetSeconds += Number(advanceSeconds);
    } else {
      controls.now = timeIn(now);
    }
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

/** The fields of the console's forms that are numbers. */
const NUMBERS = [
  "accessTokenSeconds",
  "clockOffsetSeconds",
  "latencyMilliseconds",
  "advanceSeconds",
  "times",
];

function view(name: Route["name"], look: (call: Call) => unknown): Route {
  const handler: Handler = (call) => {
    refuseOtherSites(call);
    return reply(look(call));
  };
  return { name, audience: "anyone", handler };
}

function control(
  name: Route["name"],
  run: (controls: Controls, body: JsonObject) => void,
): Route {
  const handler: Handler = async (call) => {
    refuseOtherSites(call);
    const { headers } = call.request;
    const body = await call.request.text();
    const isForm = isFormBody(headers, body);
    const read = isForm ? readFields : readJson;
    const fields = await read({ headers, text: () => Promise.resolve(body) });
    try {
      run(new Controls(call.backend), isForm ? formValues(fields) : fields);
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) {
        throw error;
      }
      if (!isForm) throw invalidField("body", error.message);
      return messagePage("That did not work", error.message, { status: 400 });
    }
    return isForm ? redirect("/") : reply({});
  };
  return { name, audience: "anyone", handler };
}

/** `curl -d` calls JSON a form, too; no form begins with a brace. */
function isFormBody(headers: HttpRequest["headers"], body: string): boolean {
  const type = headers.get("content-type") ?? "";
  return type.startsWith("application/x-www-form-urlencoded") &&
    !body.trimStart().startsWith("{");
}

function timeIn(now: unknown): number {
  const time = Date.parse(textIn(now) ?? "");
  if (!Number.isNaN(time)) return time;
  throw new TypeError(
    "Cannot set the clock: neither advanceSeconds nor an ISO date as now",
  );
}

/** What a form's texts stand for; a field that was left empty is not sent. */
function formValues({ fault, ...texts }: JsonObject): JsonObject {
  const filled = Object.entries(texts).filter(([, text]) => text !== "");
  const values = filled.map(([name, text]) => [
    name,
    NUMBERS.includes(name) && text !== "always" ? Number(text) : text,
  ]);
  return { ...faultIn(fault), ...Object.fromEntries(values) };
}

function faultIn(text: unknown): JsonObject {
  if (typeof text !== "string") return {};
  try {
    const fault: unknown = JSON.parse(text);
    return isRecord(fault) ? fault : {};
  } catch {
    return {};
  }
}
