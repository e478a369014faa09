/**
 * What is paid on every request, function by function:
 *
 *     deno task bench
 *
 * runs it with the settings it needs. Nothing here leaves the process: calls to
 * Wix are answered from a text that local Wix gave once.
 *
 * @module
 */
import { orders } from "@wix/ecom";
import { members } from "@wix/members";
import { createClient } from "@wix/sdk/client";
import { App } from "fresh";
import { config } from "@/lib/config.ts";
import type { State } from "@/lib/define.ts";
import { session } from "@/lib/session/middleware.ts";
import { createSeal } from "@/lib/session/seal.ts";
import type { Session } from "@/lib/session/session.ts";
import { sessionToClaims } from "@/lib/session/claims.ts";
import { createRequestSession } from "@/lib/wix.ts";
import { wixClient } from "@/lib/wix/middleware.ts";
import { runAs } from "@/lib/wix/request_scope.ts";
import { startLocalWix } from "@/local_wix/server.ts";
import { get, memberTokens, post } from "@/tests/local_wix/helpers/http.ts";
import { cookieHeader } from "./sessions.ts";

const now = () => Math.floor(Date.now() / 1000);

/** Texts that local Wix answers, and the member who asked. */
const { session: person, membersText, ordersText } = await askOnce();

const seal = createSeal({
  secrets: config.sessionSecrets,
  clientId: config.clientId,
  cookieName: "wix_session",
});
const claims = sessionToClaims(person);
const times = { now: now(), expiresAt: now() + 3_600 };
const sealed = await seal.seal(claims, times);
const kilobytes = (text: string) => `${Math.round(text.length / 1_000)} kB`;

Deno.bench("seal a session", { group: "cookie" }, async () => {
  await seal.seal(claims, times);
});

Deno.bench("open a session", { group: "cookie" }, async () => {
  await seal.open(sealed, times.now);
});

const request = new Request("http://127.0.0.1/", {
  headers: { cookie: await cookieHeader(person) },
});
const without = handlerOf(new App<State>());
const withThem = handlerOf(new App<State>().use(withLog, session, wixClient));

Deno.bench(
  "an app without middlewares",
  { group: "middlewares", baseline: true },
  async () => {
    await (await without(request)).text();
  },
);

Deno.bench(
  "with the session and Wix client middlewares",
  { group: "middlewares" },
  async () => {
    await (await withThem(request)).text();
  },
);

const byHand = createClient({
  modules: { members, orders },
  auth: {
    getAuthHeaders: () =>
      Promise.resolve({
        headers: { Authorization: person.tokens.accessToken },
      }),
  },
  fetch: () => Promise.resolve(answer(answerText)),
});
let answerText = membersText;
// The door looks for it at each call.
globalThis.fetch = () => Promise.resolve(answer(answerText));
const requestSession = createRequestSession({
  session: person,
  expiresAt: undefined,
});

Deno.bench(
  "members by a client made by hand",
  { group: "call", baseline: true },
  async () => {
    answerText = membersText;
    await byHand.members.queryMembers().find();
  },
);

Deno.bench("members by the ambient client", { group: "call" }, async () => {
  answerText = membersText;
  await runAs(requestSession, () => members.queryMembers().find());
});

Deno.bench(
  `20 orders (${kilobytes(ordersText)}) by fetch and JSON.parse`,
  { group: "orders", baseline: true },
  async () => {
    await (await answer(ordersText)).json();
  },
);

Deno.bench(
  `20 orders (${kilobytes(ordersText)}) by the SDK`,
  { group: "orders" },
  async () => {
    answerText = ordersText;
    await byHand.orders.searchOrders({ cursorPaging: { limit: 20 } });
  },
);

function handlerOf(app: App<State>): (request: Request) => Promise<Response> {
  const handler = app.get("/", () => new Response("ok")).handler();
  return (request) => handler(request);
}

/** As `requestLog` sets it, without writing a line. */
function withLog(
  ctx: { state: State; next(): Promise<Response> },
): Promise<Response> {
  ctx.state.log = {
    reference: "",
    calls: [],
    cookieRefused: false,
    error: undefined,
  };
  return ctx.next();
}

function answer(text: string): Response {
  return new Response(text, {
    headers: { "content-type": "application/json" },
  });
}

async function askOnce() {
  await using wix = await startLocalWix({ port: 0, log: () => {} });
  const { access: authorization, refresh } = await memberTokens(wix);
  const headers = { authorization, "content-type": "application/json" };
  const text = async (asked: Promise<{ body: unknown }>) =>
    JSON.stringify((await asked).body);
  const session: Session = {
    kind: "member",
    id: crypto.randomUUID(),
    tokens: {
      accessToken: authorization,
      refreshToken: refresh,
      expiresAt: now() + 14_400,
    },
    startedAt: now(),
    member: { id: crypto.randomUUID(), name: "Ann" },
  };
  return {
    session,
    membersText: await text(get(wix, "/members/v1/members", headers)),
    ordersText: await text(
      post(
        wix,
        "/ecom/v1/orders/search",
        { search: { cursorPaging: { limit: 20 } } },
        headers,
      ),
    ),
  };
}
