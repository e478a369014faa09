/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import type { Call } from "../call.ts";
import { isApiPath } from "../http/request.ts";
import { type Caller, type Overview, overview } from "./overview.ts";
import type { Fault } from "../faults/faults.ts";
import { GRANTS } from "../oauth/protocol.ts";
import { page } from "../pages/layout.tsx";
import { CONSOLE_STYLE } from "../pages/style.ts";

const REFRESH_SECONDS = 3;

/** `GET /`: the state and activity of local Wix, and its controls. */
export function showConsole({ url, origin, backend }: Call): Response {
  const refreshing = url.searchParams.has("refresh");
  const view = overview(backend);
  const content = (
    <>
      <Header view={view} origin={origin} refreshing={refreshing} />
      <Faults view={view} />
      <section>
        <h2>Controls</h2>
        <div class="controls">
          <FaultForm view={view} />
          <SettingsForm view={view} />
          <Buttons />
        </div>
      </section>
      <Requests view={view} />
      <Sessions view={view} />
      <Members view={view} />
      <Orders view={view} />
      <Webhooks view={view} />
      <Counters view={view} />
    </>
  );
  return page("Console", content, {
    style: CONSOLE_STYLE,
    wide: true,
    refreshSeconds: refreshing ? REFRESH_SECONDS : undefined,
    // The controls check the origin, which `no-referrer` would hide.
    headers: { "referrer-policy": "same-origin" },
  });
}

interface Props {
  readonly view: Overview;
}

function Header(
  { view, origin, refreshing }: Props & {
    readonly origin: string;
    readonly refreshing: boolean;
  },
): JSX.Element {
  const { site, clock, settings, tables } = view;
  const facts: [string, ComponentChildren][] = [
    ["Wix’s clock", <Time iso={clock} />],
    ["Access token lifetime", `${settings.accessTokenSeconds} s`],
    ["Refresh token rotation", settings.rotation],
    ["Latency", `${settings.latencyMilliseconds} ms`],
    ...Object.entries(tables).filter(([, rows]) => rows > 0),
  ];
  return (
    <header>
      <h1>Local Wix is running</h1>
      <p>
        It serves the Wix APIs for <strong>{site.name}</strong> at{" "}
        <code>{origin}</code>, client id <code>{site.clientId}</code>.{" "}
        <a href="/_local/calls">SDK calls</a>{" "}
        <a href={refreshing ? "/" : "/?refresh"}>
          {refreshing
            ? "Stop refreshing"
            : `Refresh every ${REFRESH_SECONDS} s`}
        </a>
      </p>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

function Faults({ view: { faults } }: Props): JSX.Element | null {
  if (faults.length === 0) return null;
  return (
    <section class="waiting">
      <h2>Pending faults</h2>
      <ul>
        {faults.map(({ target, fault, left }) => (
          <li>
            <code>{target}</code> <code>{JSON.stringify(fault)}</code>{" "}
            <span class="soft">{left === "always" ? left : `${left} ×`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const FAULTS: readonly (readonly [string, Fault])[] = [
  ["500 server error", { status: 500 }],
  ["429 too many requests", { status: 429, headers: { "retry-after": "1" } }],
  ["401 unauthenticated", { status: 401 }],
  ["403 permission denied", { status: 403 }],
  ["502 with a web page", { kind: "html", status: 502 }],
  ["200 with broken JSON", { kind: "badJson" }],
  ["200 with an empty body", { kind: "empty" }],
  ["3 seconds late", { kind: "delay", delayMs: 3000 }],
  ["no response", { hang: true }],
  ["connection reset", { kind: "reset" }],
  ["reset after processing", { kind: "reset", processed: true }],
];

function FaultForm({ view }: Props): JSX.Element {
  const routes = Object.keys(view.counters.routes)
    .filter((name) => isApiPath(name.split(" ")[1] ?? ""));
  return (
    <form method="post" action="/_local/fail">
      <h3>Let requests fail</h3>
      <label>
        Grant or route
        <select name="target">
          <optgroup label="Grants">{GRANTS.map(option)}</optgroup>
          <optgroup label="Routes">{routes.map(option)}</optgroup>
        </select>
      </label>
      <label>
        How
        <select name="fault">
          {FAULTS.map(([name, fault]) => (
            <option value={JSON.stringify(fault)}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        How often
        <select name="times">{["1", "2", "5", "always"].map(option)}</select>
      </label>
      <div class="actions">
        <button class="primary">Add</button>
        <button formaction="/_local/clear-faults" name="target" value="">
          Clear all
        </button>
      </div>
    </form>
  );
}

function option(value: string): JSX.Element {
  return <option>{value}</option>;
}

function SettingsForm({ view: { settings } }: Props): JSX.Element {
  const { accessTokenSeconds, rotation, latencyMilliseconds } = settings;
  return (
    <form method="post" action="/_local/settings">
      <h3>Settings</h3>
      <label>
        Access token lifetime (seconds)
        <input
          name="accessTokenSeconds"
          inputmode="numeric"
          value={accessTokenSeconds}
        />
      </label>
      <label>
        Refresh token rotation
        <select name="rotation">
          {["off", "grace", "strict"].map((name) => (
            <option selected={name === rotation}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        Latency (milliseconds)
        <input
          name="latencyMilliseconds"
          inputmode="numeric"
          value={latencyMilliseconds}
        />
      </label>
      <div class="actions">
        <button class="primary">Set</button>
      </div>
    </form>
  );
}

const CLOCK_STEPS = [
  ["+ 1 minute", 60],
  ["+ 1 hour", 3600],
  ["+ 4 hours", 14_400],
  ["+ 1 day", 86_400],
] as const;

function Buttons(): JSX.Element {
  return (
    <div>
      <h3>Wix’s clock</h3>
      <Row action="clock">
        {CLOCK_STEPS.map(([name, seconds]) => (
          <button name="advanceSeconds" value={seconds}>{name}</button>
        ))}
      </Row>
      <Row action="settings">
        <button name="clockOffsetSeconds" value="0">Real time</button>
      </Row>
      <h3>Tokens</h3>
      <Row action="expire">
        <button>Expire access tokens</button>
      </Row>
      <Row action="revoke">
        <button>Revoke refresh tokens</button>
      </Row>
      <h3>Everything</h3>
      <Row action="reset">
        <button class="danger">Reset to the seed</button>
      </Row>
    </div>
  );
}

function Row(
  { action, children }: {
    readonly action: string;
    readonly children: ComponentChildren;
  },
): JSX.Element {
  return (
    <form class="row" method="post" action={`/_local/${action}`}>
      {children}
    </form>
  );
}

function Requests({ view: { requests } }: Props): JSX.Element {
  return (
    <Table
      title="Last requests"
      columns={["Time", "Request", "Caller", "Status", "ms"]}
      rows={requests.map(({ at, method, path, who, status, milliseconds }) => [
        <Time iso={at} />,
        <code>{method} {path}</code>,
        <Name who={who} />,
        <span class={`status s${Math.floor(status / 100)}`}>{status}</span>,
        milliseconds,
      ])}
      empty="No requests yet."
    />
  );
}

function Sessions({ view: { sessions } }: Props): JSX.Element {
  return (
    <Table
      title="Sessions"
      columns={[
        "Holder",
        "Since",
        "Last seen",
        "Tokens issued",
        "Refresh token",
      ]}
      rows={sessions.map((session) => [
        <Name who={session.who} />,
        <Time iso={session.since} />,
        <Time iso={session.lastSeen} />,
        `${session.accessTokens} access, ${session.refreshTokens} refresh`,
        session.refreshable
          ? <span class="status s2">valid</span>
          : session.refreshTokens > 0
          ? <span class="status s4">revoked</span>
          : "none",
      ])}
      empty="No token has been issued since the start."
    />
  );
}

function Members({ view: { members } }: Props): JSX.Element {
  return (
    <Table
      title={`Members (${members.length})`}
      columns={["Account", "Name", "Status", "Orders", "Live sessions", ""]}
      rows={members.map(({ id, email, name, status, orders, sessions }) => [
        email,
        <bdi>{name}</bdi>,
        status,
        orders,
        sessions,
        sessions > 0 && (
          <form method="post" action="/_local/revoke">
            <input type="hidden" name="memberId" value={id} />
            <button class="small">Revoke</button>
          </form>
        ),
      ])}
      empty="The site has no members."
    />
  );
}

function Orders({ view: { orders, tables } }: Props): JSX.Element {
  return (
    <Table
      title={`Latest orders (of ${tables.orders ?? 0})`}
      columns={["Number", "Buyer", "Created", "Status", "Payment", "Total"]}
      rows={orders.map((order) => [
        order.number,
        order.email,
        <Time iso={order.createdDate} />,
        order.status,
        order.paymentStatus,
        order.total,
      ])}
      empty="The site has no orders."
    />
  );
}

function Webhooks({ view: { webhooks } }: Props): JSX.Element {
  const { urls, publicKey, deliveries } = webhooks;
  return (
    <>
      <Table
        title={`Webhooks (to ${
          urls.length === 0 ? "no URL" : urls.join(", ")
        })`}
        columns={["Event", "Id", "Receiver", "Attempts", "Outcome"]}
        rows={deliveries.map((delivery) => [
          <code>{delivery.eventType}</code>,
          delivery.eventId,
          delivery.url,
          delivery.attempts,
          <span class={`status s${delivery.isDone ? 2 : 4}`}>
            {delivery.outcome}
          </span>,
        ])}
        empty="No event has been sent since the start."
      />
      <details>
        <summary>Public key of webhooks</summary>
        <pre>{publicKey}</pre>
      </details>
    </>
  );
}

function Counters({ view: { counters } }: Props): JSX.Element {
  const used = Object.entries(counters.routes).filter(([, count]) => count > 0);
  const rows: [string, number][] = [
    ...Object.entries(counters.grants),
    ...used,
  ];
  return (
    <Table
      title="Counters"
      columns={["Grant or route", "Requests"]}
      rows={[
        ...rows.map(([name, count]) => [<code>{name}</code>, count]),
        ["Not supported by local Wix", counters.unsupported],
      ]}
      empty=""
    />
  );
}

function Name({ who: { kind, name } }: { readonly who: Caller }): JSX.Element {
  return <span class={`who ${kind}`}>{name}</span>;
}

/** UTC, to the second: the console follows Wix's clock, not the browser's. */
function Time({ iso }: { readonly iso: string }): JSX.Element {
  return <time datetime={iso}>{iso.slice(0, 19).replace("T", " ")}</time>;
}

/** A section with a table that scrolls sideways if it is too wide. */
function Table(
  { title, columns, rows, empty }: {
    readonly title: string;
    readonly columns: readonly string[];
    readonly rows: readonly (readonly ComponentChildren[])[];
    readonly empty: string;
  },
): JSX.Element {
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0
        ? <p class="soft">{empty}</p>
        : (
          <div class="scroll" tabindex={0} role="region" aria-label={title}>
            <table>
              <thead>
                <tr>{columns.map((name) => <th scope="col">{name}</th>)}</tr>
              </thead>
              <tbody>
                {rows.map((cells) => (
                  <tr>{cells.map((cell) => <td>{cell}</td>)}</tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
    </section>
  );
}
