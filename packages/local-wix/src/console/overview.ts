import type { Backend } from "../backend.ts";
import type { CounterSnapshot } from "../counters.ts";
import type { Order } from "../ecom/order.ts";
import type { WaitingFault } from "../faults/faults.ts";
import type { Identity } from "../identity/identity.ts";
import type { Rotation } from "../settings.ts";

const LATEST_ORDERS = 10;
const LATEST_SESSIONS = 30;

/** Who asks or holds a token, in words: never the token. */
export interface Who {
  readonly kind: Identity["kind"];
  /** E-mail of a member, first part of a visitor's id. */
  readonly name: string;
}

/** A member and how much there is of them. */
export interface MemberSummary {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly status: string;
  readonly orders: number;
  /** Sessions whose refresh token counts. */
  readonly sessions: number;
}

/** An order in one line. */
export interface OrderSummary {
  readonly number: string;
  readonly email: string;
  readonly createdDate: string;
  readonly status: string;
  readonly paymentStatus: string;
  readonly total: string;
}

/** Someone's tokens. */
export interface SessionSummary {
  readonly who: Who;
  readonly since: string;
  readonly lastSeen: string;
  readonly accessTokens: number;
  readonly refreshTokens: number;
  /** Whether its refresh token counts. */
  readonly refreshable: boolean;
}

/** A request that has been answered. */
export interface RequestSummary {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly who: Who;
  readonly status: number;
  readonly milliseconds: number;
}

/** What the console shows, and `GET /_local/overview` answers. */
export interface Overview {
  readonly site: { readonly name: string; readonly clientId: string };
  readonly clock: string;
  readonly settings: {
    readonly accessTokenSeconds: number;
    readonly rotation: Rotation;
    readonly clockOffsetSeconds: number;
    readonly latencyMilliseconds: number;
  };
  readonly members: readonly MemberSummary[];
  /** The latest ones. */
  readonly orders: readonly OrderSummary[];
  /** Those seen last. */
  readonly sessions: readonly SessionSummary[];
  /** The last ones, the latest first. */
  readonly requests: readonly RequestSummary[];
  readonly counters: CounterSnapshot;
  readonly faults: readonly WaitingFault[];
  /** Rows of everything that local Wix remembers, by table. */
  readonly tables: Readonly<Record<string, number>>;
}

/** What a running local Wix has and does at this moment. */
export function overview(backend: Backend): Overview {
  const { site, settings, store, sessions, tokens } = backend;
  const { orders } = store;
  const holders = sessions.latestFirst.filter((session) =>
    tokens.isRefreshable(session)
  ).map(({ holder }) => holder);
  return {
    site: { name: site.name, clientId: site.clientId },
    clock: iso(backend.now()),
    settings: {
      accessTokenSeconds: settings.accessTokenSeconds,
      rotation: settings.rotation,
      clockOffsetSeconds: settings.clockOffsetSeconds,
      latencyMilliseconds: settings.latencyMilliseconds,
    },
    members: store.members.map(({ id, loginEmail, contact, status }) => ({
      id,
      email: loginEmail,
      name: `${contact.firstName} ${contact.lastName}`.trim(),
      status,
      orders: orders.filter(({ buyerInfo }) => buyerInfo.memberId === id)
        .length,
      sessions:
        holders.filter((holder) =>
          holder.kind === "member" && holder.memberId === id
        ).length,
    })),
    orders: orders
      .toSorted((a, b) => b.createdDate.localeCompare(a.createdDate))
      .slice(0, LATEST_ORDERS)
      .map(summary),
    sessions: sessions.latestFirst.slice(0, LATEST_SESSIONS)
      .map((session) => ({
        who: whoIs(session.holder, backend),
        since: iso(session.since),
        lastSeen: iso(session.lastSeen),
        accessTokens: session.accessTokens,
        refreshTokens: session.refreshTokens,
        refreshable: tokens.isRefreshable(session),
      })),
    requests: backend.recentRequests.latestFirst.map((request) => ({
      at: iso(request.at),
      method: request.method,
      path: request.pathname,
      who: whoIs(request.identity, backend),
      status: request.status,
      milliseconds: Math.round(request.milliseconds * 10) / 10,
    })),
    counters: backend.counters.snapshot(),
    faults: backend.faults.list,
    tables: Object.fromEntries(backend.state.sizes),
  };
}

function summary(order: Order): OrderSummary {
  const { number, buyerInfo, createdDate, status, paymentStatus } = order;
  const total = order.priceSummary.total.formattedAmount;
  const { email } = buyerInfo;
  return { number, email, createdDate, status, paymentStatus, total };
}

function whoIs(identity: Identity, { store }: Backend): Who {
  const { kind } = identity;
  switch (kind) {
    case "member": {
      const { memberId } = identity;
      const name = store.member(memberId)?.loginEmail ?? "deleted member";
      return { kind, name };
    }
    case "visitor":
      return { kind, name: `visitor ${identity.visitorId.slice(0, 8)}` };
    case "app":
      return { kind, name: "app" };
    case "api_key":
      return { kind, name: "API key" };
    case "none":
      return { kind, name: "nobody" };
  }
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
