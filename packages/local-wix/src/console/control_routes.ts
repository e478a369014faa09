import { allow, type Call, type Handler, type Route } from "../call.ts";
import { showCalls } from "./calls_page.tsx";
import { showConsole } from "./console_page.tsx";
import { type Controls, createControls } from "./controls.ts";
import { overview } from "./overview.ts";
import { assertFault } from "../faults/faults.ts";
import { invalidField } from "../http/errors.ts";
import { isRecord, type JsonObject, textIn, textOf } from "../http/json.ts";
import { refuseOtherSites } from "../http/origins.ts";
import { isForm, readFields } from "../http/request.ts";
import { redirect, reply } from "../http/response.ts";
import { messagePage } from "../pages/layout.tsx";

/** The console, and the controls over HTTP. */
export const CONSOLE_ROUTES: readonly Route[] = allow("anyone", {
  "GET /": view(showConsole),
  "GET /healthz": () => reply({ status: "ok" }),
  "GET /_local/calls": view(showCalls),
  "GET /_local/counters": view(({ backend }) =>
    reply(backend.counters.snapshot())
  ),
  "GET /_local/overview": view(({ backend }) => reply(overview(backend))),
  "POST /_local/expire": control((controls, { accessTokenSeconds }) => {
    if (accessTokenSeconds !== undefined) {
      controls.accessTokenSeconds = Number(accessTokenSeconds);
    }
    controls.expireAccessTokens();
  }),
  "POST /_local/revoke": control((controls, { memberId }) => {
    const id = memberId === undefined ? undefined : textOf(memberId);
    controls.revokeRefreshTokens(id);
  }),
  "POST /_local/settings": control((controls, sent) => controls.change(sent)),
  "POST /_local/clock": control((controls, { advanceSeconds, now }) => {
    if (advanceSeconds !== undefined) {
      controls.clockOffsetSeconds += Number(advanceSeconds);
    } else {
      controls.now = timeIn(now);
    }
  }),
  "POST /_local/fail": control((controls, { target, ...fault }) => {
    assertFault(fault);
    controls.failNext(textIn(target) ?? "nothing", fault);
  }),
  "POST /_local/clear-faults": control((controls, { target }) =>
    controls.clearFaults(textIn(target))
  ),
  "POST /_local/events": control((controls, { eventType, entityId }) =>
    controls.sendEvent(textIn(eventType) ?? "", textIn(entityId) ?? "")
  ),
  "POST /_local/reset": control((controls) => controls.reset()),
});

function view(show: Handler): Handler {
  return (call) => {
    refuseOtherSites(call);
    return show(call);
  };
}

function control(run: (controls: Controls, body: JsonObject) => void): Handler {
  return async (call: Call) => {
    refuseOtherSites(call);
    const isPage = isForm(call.request, await call.request.clone().text());
    const fields = await readFields(call.request);
    try {
      run(createControls(call.backend), isPage ? formValues(fields) : fields);
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) {
        throw error;
      }
      if (!isPage) throw invalidField("body", error.message);
      return messagePage("Nothing was changed", error.message, { status: 400 });
    }
    return isPage ? redirect("/") : reply({});
  };
}

function timeIn(now: unknown): number {
  const time = Date.parse(textIn(now) ?? "");
  if (!Number.isNaN(time)) return time;
  throw new TypeError(
    "Cannot set the clock: give advanceSeconds, or an ISO date as now",
  );
}

/** The fields of the console's forms that are numbers. */
const NUMBERS = [
  "accessTokenSeconds",
  "clockOffsetSeconds",
  "latencyMilliseconds",
  "advanceSeconds",
  "times",
];

/** The values of a form's text fields, without empty ones. */
function formValues({ fault, ...texts }: JsonObject): JsonObject {
  const filled = Object.entries(texts).filter(([, text]) => text !== "");
  const values = filled.map(([name, text]) => [
    name,
    NUMBERS.includes(name) && text !== "always" ? Number(text) : text,
  ]);
  return { ...faultIn(fault), ...Object.fromEntries(values) };
}

function faultIn(text: unknown): JsonObject {
  try {
    const fault: unknown = JSON.parse(textOf(text ?? {}));
    return isRecord(fault) ? fault : {};
  } catch {
    return {};
  }
}
