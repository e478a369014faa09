import { GRANTS } from "../counters.ts";
import type { Fault } from "../faults/fault.ts";
import { type Html, html } from "../http/html.ts";
import { isApiPath } from "../paths.ts";
import type { Overview } from "./overview.ts";

const FAULTS: readonly (readonly [string, Fault])[] = [
  ["500 server error", { status: 500 }],
  ["429 too many requests", { status: 429, headers: { "retry-after": "1" } }],
  ["401 unauthenticated", { status: 401 }],
  ["403 permission denied", { status: 403 }],
  ["502 with a web page", { kind: "html", status: 502 }],
  ["200 with broken JSON", { kind: "badJson" }],
  ["200 with an empty body", { kind: "empty" }],
  ["3 seconds late", { kind: "delay", delayMs: 3000 }],
  ["no answer at all", { hang: true }],
  ["connection reset", { kind: "reset" }],
  ["reset, but it took effect", { kind: "reset", processed: true }],
];

const CLOCK_STEPS = [
  ["+ 1 minute", 60],
  ["+ 1 hour", 3600],
  ["+ 4 hours", 14_400],
  ["+ 1 day", 86_400],
] as const;

/** What the forms offer and begin with. */
export interface ControlFormsOptions {
  readonly settings: Overview["settings"];
  readonly routes: readonly string[];
}

/** The console's forms: each posts to a control endpoint. */
export function controlForms(
  { settings, routes }: ControlFormsOptions,
): readonly Html[] {
  return [
    html`
      <form method="post" action="/_local/fail">
        <h3>Let requests fail</h3>
        <label>Grant or route
          <select name="target">
            <optgroup label="Grants">${GRANTS.map(option)}</optgroup>
            <optgroup label="Routes">${routes.filter(isApi).map(
              option,
            )}</optgroup>
          </select></label>
        <label>How
          <select name="fault">${FAULTS.map(([name, fault]) =>
            html`<option value="${JSON.stringify(fault)}">${name}</option>`
          )}</select></label>
        <label>How often
          <select name="times">${["1", "2", "5", "always"].map(
            option,
          )}</select></label>
        <div class="actions">
          <button class="primary">Add</button>
          <button formaction="/_local/clear-faults" name="target" value="">
            Clear all</button>
        </div>
      </form>
    `,
    html`
      <form method="post" action="/_local/settings">
        <h3>Settings</h3>
        <label>Access tokens live (seconds)
          <input name="accessTokenSeconds" inputmode="numeric"
            value="${settings.accessTokenSeconds}"></label>
        <label>Refresh token rotation
          <select name="rotation">${["off", "grace", "strict"].map((name) =>
            html`<option ${
              name === settings.rotation && "selected"
            }>${name}</option>`
          )}</select></label>
        <label>Latency (milliseconds)
          <input name="latencyMilliseconds" inputmode="numeric"
            value="${settings.latencyMilliseconds}"></label>
        <div class="actions"><button class="primary">Set</button></div>
      </form>
    `,
    html`
      <div>
        <h3>Wix’s clock</h3>
        <form class="row" method="post" action="/_local/clock">${CLOCK_STEPS
          .map(([name, seconds]) =>
            html`<button name="advanceSeconds" value="${seconds}">${name}</button>`
          )}</form>
        <form class="row" method="post" action="/_local/settings">
          <button name="clockOffsetSeconds" value="0">Right time</button>
        </form>
        <h3>Tokens</h3>
        <form class="row" method="post" action="/_local/expire">
          <button>Expire access tokens</button></form>
        <form class="row" method="post" action="/_local/revoke">
          <button>Revoke refresh tokens</button></form>
        <h3>Everything</h3>
        <form class="row" method="post" action="/_local/reset">
          <button class="danger">Reset to the seed</button></form>
      </div>
    `,
  ];
}

function option(value: string): Html {
  return html`<option>${value}</option>`;
}

function isApi(route: string): boolean {
  return isApiPath(route.split(" ")[1] ?? "");
}
