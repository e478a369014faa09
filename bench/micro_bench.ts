/**
 * What is paid on every request, function by function, as lines of JSON for
 * `micro.ts`. It counts processor time, and not time as `deno bench` does: that
 * is the same however busy the machine is. Nothing here leaves the process:
 * calls to Wix are answered from a text that local Wix gave once.
 *
 * @module
 */
import process from "node:process";
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
import { asNobody, runAs } from "@/lib/wix/request_scope.ts";
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import {
  get,
  memberTokens,
  post,
} from "@/packages/local-wix/tests/helpers/http.ts";
import type { MicroFigure } from "./micro.ts";
import { cookieHeader } from "./sessions.ts";
import { median } from "./statistics.ts";

const ROUNDS = 9;
/** Of processor time, for one round. */
const ROUND_MICROSECONDS = 100_000;

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

await measure("cookie", "seal a session", async () => {
  await seal.seal(claims, times);
});

await measure("cookie", "open a session", async () => {
  await seal.open(sealed, times.now);
});

const request = new Request("http://127.0.0.1/", {
  headers: { cookie: await cookieHeader(person) },
});
const without = handlerOf(new App<State>());
const withThem = handlerOf(new App<State>().use(withLog, session, wixClient));

await measure("middlewares", "an app without middlewares", async () => {
  await asked(without);
});

await measure(
  "middlewares",
  "with the session and Wix client middlewares",
  async () => {
    await asked(withThem);
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

await measure("call", "members by a client made by hand", async () => {
  answerText = membersText;
  await byHand.members.queryMembers().find();
});

await measure("call", "members by the ambient client", async () => {
  answerText = membersText;
  await runAs(requestSession, () => members.queryMembers().find());
});

await measure(
  "orders",
  `20 orders (${kilobytes(ordersText)}) by fetch and JSON.parse`,
  async () => {
    await (await answer(ordersText)).json();
  },
);

await measure(
  "orders",
  `20 orders (${kilobytes(ordersText)}) by the SDK`,
  async () => {
    answerText = ordersText;
    await byHand.orders.searchOrders({ cursorPaging: { limit: 20 } });
  },
);

/** Prints what a call of `run` costs: the median of several rounds. */
async function measure(
  group: string,
  name: string,
  run: () => Promise<void>,
): Promise<void> {
  const cost = async (calls: number) => {
    const before = process.cpuUsage();
    for (let call = 0; call < calls; call++) await run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / calls;
  };
  // The first calls are slower, and say how many make a round.
  let calls = 1;
  while (await cost(calls) * calls < ROUND_MICROSECONDS) calls *= 2;
  const costs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) costs.push(await cost(calls));
  const figure: MicroFigure = { group, name, microseconds: median(costs) };
  console.log(JSON.stringify(figure));
}

/** As `main.ts` begins each request. */
async function asked(
  handler: (request: Request) => Promise<Response>,
): Promise<void> {
  const answer = await asNobody(() => handler(request));
  if (await answer.text() !== "ok") throw new Error("Cannot measure an error");
}

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

/** As local Wix answers. */
function answer(text: string): Response {
  return new Response(text, {
    headers: {
      "content-type": "application/json",
      "content-length": String(text.length),
    },
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
