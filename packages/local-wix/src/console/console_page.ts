import type { Call } from "../call.ts";
import { GRANTS } from "../counters.ts";
import { type Html, html } from "../http/html.ts";
import { page } from "../pages/layout.ts";
import { controlForms } from "./control_forms.ts";
import { refuseOtherSites } from "./guard.ts";
import { type Overview, overview, type Who } from "./overview.ts";
import { CONSOLE_STYLE } from "./style.ts";
import { table } from "./table.ts";

const REFRESH_SECONDS = 3;

/** `GET /`: what local Wix has and does, and the switches. */
export function showConsole(call: Call): Response {
  refuseOtherSites(call);
  const { url, origin, backend } = call;
  const refreshing = url.searchParams.has("refresh");
  const view = overview(backend);
  const { site, clock, settings } = view;
  const content = html`
    <style>${CONSOLE_STYLE}</style>
    <header>
      <h1>Local Wix is running</h1>
      <p>It answers the Wix APIs for <strong>${site.name}</strong> at
        <code>${origin}</code>, client id <code>${site.clientId}</code>.
        <a href="${refreshing ? "/" : "/?refresh"}">${refreshing
          ? "Stop refreshing"
          : `Refresh every ${REFRESH_SECONDS} s`}</a></p>
      <dl class="facts">
        ${fact("Wix’s clock", time(clock))}
        ${fact("Access tokens live", `${settings.accessTokenSeconds} s`)}
        ${fact("Refresh token rotation", settings.rotation)}
        ${fact("Latency", `${settings.latencyMilliseconds} ms`)}
        ${Object.entries(view.tables).map(([name, rows]) =>
          rows > 0 && fact(name, rows)
        )}
      </dl>
    </header>
    ${faults(view)}
    <section>
      <h2>Switches</h2>
      <div class="controls">
      ${controlForms({ settings, routes: Object.keys(view.counters.routes) })}
      </div>
    </section>
    ${requests(view)}
    ${sessions(view)}
    ${members(view)}
    ${orders(view)}
    ${counters(view)}
  `;
  return page("Console", content, {
    wide: true,
    refreshSeconds: refreshing ? REFRESH_SECONDS : undefined,
    // The controls look at the origin, which `no-referrer` would hide.
    headers: { "referrer-policy": "same-origin" },
  });
}

function faults({ faults }: Overview): Html | undefined {
  if (faults.length === 0) return;
  return html`
    <section class="waiting">
      <h2>Faults that wait</h2>
      <ul>${faults.map(({ target, fault, left }) =>
        html`<li><code>${target}</code>
        <code>${JSON.stringify(fault)}</code>
        <span class="soft">${left === "always" ? "always" : `${left} ×`}</span>
      </li>`
      )}</ul>
    </section>
  `;
}

function requests({ requests }: Overview): Html {
  return table("Last requests", {
    columns: ["Time", "Request", "Who", "Status", "ms"],
    rows: requests.map(({ at, method, path, who, status, milliseconds }) => [
      time(at),
      html`<code>${method} ${path}</code>`,
      person(who),
      html`<span class="status s${String(status).charAt(0)}">${status}</span>`,
      milliseconds,
    ]),
    empty: "Nobody has asked for anything yet.",
  });
}

function sessions({ sessions }: Overview): Html {
  return table("Sessions", {
    columns: ["Who", "Since", "Last seen", "Tokens issued", "Refresh token"],
    rows: sessions.map((session) => [
      person(session.who),
      time(session.since),
      time(session.lastSeen),
      `${session.accessTokens} access, ${session.refreshTokens} refresh`,
      session.refreshable
        ? html`<span class="status s2">counts</span>`
        : session.refreshTokens > 0
        ? html`<span class="status s4">revoked</span>`
        : "none",
    ]),
    empty: "No token has been issued since the start.",
  });
}

function members({ members }: Overview): Html {
  return table(`Members (${members.length})`, {
    columns: ["Account", "Name", "Status", "Orders", "Live sessions", ""],
    rows: members.map(({ id, email, name, status, orders, sessions }) => [
      email,
      html`<bdi>${name}</bdi>`,
      status,
      orders,
      sessions,
      sessions > 0 && html`
        <form method="post" action="/_local/revoke">
          <input type="hidden" name="memberId" value="${id}">
          <button class="small">Revoke</button>
        </form>
      `,
    ]),
    empty: "The site has no members.",
  });
}

function orders({ orders, tables }: Overview): Html {
  return table(`Latest orders (of ${tables.orders ?? 0})`, {
    columns: ["Number", "Buyer", "Created", "Status", "Payment", "Total"],
    rows: orders.map((order) => [
      order.number,
      order.email,
      time(order.createdDate),
      order.status,
      order.paymentStatus,
      order.total,
    ]),
    empty: "The site has no orders.",
  });
}

function counters({ counters }: Overview): Html {
  const asked = Object.entries(counters.routes).filter(([, count]) =>
    count > 0
  );
  return table("Counters", {
    columns: ["Grant or route", "Requests"],
    rows: [
      ...GRANTS.map((grant) => [
        html`<code>${grant}</code>`,
        counters.grants[grant],
      ]),
      ...asked.map(([name, count]) => [html`<code>${name}</code>`, count]),
      ["What local Wix does not know", counters.unanswered],
    ],
    empty: "",
  });
}

function fact(name: string, value: unknown): Html {
  return html`
    <div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>
  `;
}

function person({ kind, name }: Who): Html {
  return html`<span class="who ${kind}">${name}</span>`;
}

/** UTC, to the second: the console follows Wix's clock, not the browser's. */
function time(iso: string): Html {
  const text = iso.slice(0, 19).replace("T", " ");
  return html`<time datetime="${iso}">${text}</time>`;
}
