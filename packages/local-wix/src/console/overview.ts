import type { Backend } from "../backend.ts";
import type { Identity } from "../identity/identity.ts";
import { WEBHOOK_PUBLIC_KEY } from "../webhooks/signing.ts";
import type { Order } from "../orders/build_order.ts";

/** What the console shows, and `GET /_local/overview` returns. */
export type Overview = ReturnType<typeof overview>;

/** A label for a request's sender or a token's holder, without the token. */
export interface Caller {
  readonly kind: Identity["kind"];
  /** Email of a member, first part of a visitor's id. */
  readonly name: string;
}

/** The state and activity of a running local Wix at this moment. */
export function overview(backend: Backend) {
  const { site: { name, clientId }, store, sessions, tokens, webhooks } =
    backend;
  const { accessTokenSeconds, rotation, ...settings } = backend.settings.values;
  const { clockOffsetSeconds, latencyMilliseconds } = settings;
  const orders = store.orders.list;
  const live = sessions.latestFirst.filter((session) =>
    tokens.isRefreshable(session)
  );
  return {
    site: { name, clientId },
    clock: backend.isoNow,
    settings: {
      accessTokenSeconds,
      rotation,
      clockOffsetSeconds,
      latencyMilliseconds,
    },
    members: store.members.list.map(({ id, loginEmail, contact, status }) => ({
      id,
      email: loginEmail,
      name: `${contact.firstName} ${contact.lastName}`.trim(),
      status,
      orders: orders.filter(({ buyerInfo }) => buyerInfo.memberId === id)
        .length,
      /** Sessions whose refresh token is valid. */
      sessions:
        live.filter(({ holder }) =>
          holder.kind === "member" && holder.memberId === id
        ).length,
    })),
    orders: orders
      .toSorted((a, b) => b.createdDate.localeCompare(a.createdDate))
      .slice(0, 10)
      .map(summary),
    sessions: sessions.latestFirst.slice(0, 30).map((session) => ({
      who: callerOf(session.holder, backend),
      since: iso(session.since),
      lastSeen: iso(session.lastSeen),
      accessTokens: session.accessTokens,
      refreshTokens: session.refreshTokens,
      refreshable: live.includes(session),
    })),
    requests: backend.recentRequests.latestFirst.map((request) => ({
      at: iso(request.at),
      method: request.method,
      path: request.pathname,
      who: callerOf(request.identity, backend),
      status: request.status,
      milliseconds: Math.round(request.milliseconds * 10) / 10,
    })),
    counters: backend.counters.snapshot(),
    faults: backend.faults.list,
    webhooks: {
      publicKey: WEBHOOK_PUBLIC_KEY,
      urls: settings.webhookUrls,
      deliveries: webhooks.deliveries,
    },
    /** Number of rows in each table of local Wix's state. */
    tables: backend.state.sizes,
  };
}

function summary(order: Order) {
  const { number, buyerInfo, createdDate, status, paymentStatus } = order;
  const total = order.priceSummary.total.formattedAmount;
  const { email } = buyerInfo;
  return { number, email, createdDate, status, paymentStatus, total };
}

function callerOf(identity: Identity, { store }: Backend): Caller {
  const { kind } = identity;
  switch (kind) {
    case "member": {
      const member = store.members.get(identity.memberId);
      return { kind, name: member?.loginEmail ?? "deleted member" };
    }
    case "visitor":
      return { kind, name: `visitor ${identity.visitorId.slice(0, 8)}` };
    default:
      return { kind, name: NAMES[kind] };
  }
}

const NAMES = { app: "app", api_key: "API key", none: "unknown" };

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
