import { assert, assertEquals } from "@std/assert";
import {
  type Fault,
  type LocalWix,
  SITE,
} from "@/packages/local-wix/src/mod.ts";
import { BEN } from "@/tests/helpers/site.ts";
import { assertPrivate, list, test, tryEach } from "./helpers/attack.ts";
import { appOfFile } from "./helpers/attacked_app.ts";
import type { PendingLogin } from "@/tests/helpers/wire_login.ts";
import { bigSession, cookiesOf, sessionOf } from "./helpers/sealed_cookies.ts";
import { WireJar, type WireRequest } from "@/tests/helpers/wire.ts";

const CALLBACK = "/api/auth/callback";
/** Must never be in a body. */
const MARK = "evilmarker";
const EVIL = "Origin: https://evil.example";
const FORM = "Content-Type: application/x-www-form-urlencoded";
const app = appOfFile();

/** Parameters of a callback. */
interface Params {
  readonly code: string;
  readonly state: string;
}
type Changes = Record<string, string | readonly string[]>;

function paramsOf({ callback }: PendingLogin): Params {
  const param = (name: string) => callback.searchParams.get(name) ?? "";
  return { code: param("code"), state: param("state") };
}

/** Returns a callback's path and query with parameters replaced, or left out. */
function changed({ callback }: PendingLogin, changes: Changes): string {
  const query = new URLSearchParams(callback.search);
  for (const [name, values] of Object.entries(changes)) {
    query.delete(name);
    for (const value of [values].flat()) query.append(name, value);
  }
  return `${CALLBACK}?${query}`;
}

interface Rules extends Partial<WireRequest> {
  /** Whether the code may be taken to Wix, once. */
  readonly mayCall?: boolean;
  /** Whether the login that began here has to be over. */
  readonly spends?: boolean;
  /** Default 400. */
  readonly statuses?: readonly number[];
  /** What Wix says to the code. */
  readonly fault?: (wix: LocalWix) => Fault | Promise<Fault>;
}
const SPENDS = { spends: true };
const TRIED = { spends: true, mayCall: true };
const NO_GET = { method: "POST", statuses: [403, 405] };
const SCRIPT = `<script>${MARK}</script>`;

const swapLast = (text: string) =>
  text.slice(0, -1) + (text.endsWith("A") ? "B" : "A");
const swapCase = (text: string) =>
  text.replace(/[a-z]/gi, (letter) => {
    const lower = letter.toLowerCase();
    return letter === lower ? letter.toUpperCase() : lower;
  });

/** What is changed in a genuine callback; `others` is another browser's. */
// deno-fmt-ignore -- a table
const REFUSED: readonly (readonly [
  name: string, changes: (own: Params, others: Params) => Changes, rules?: Rules,
])[] = [
  ["C1 no state", () => ({ state: [] })],
  ["C1 no query", () => ({ code: [], state: [] })],
  ["C2 another browser's", (_, { code, state }) => ({ code, state })],
  ["C4 another end", ({ state }) => ({ state: swapLast(state) })],
  ["C4 another case", ({ state }) => ({ state: swapCase(state) })],
  ["C4 a space more", ({ state }) => ({ state: `${state} ` })],
  ["C5 the state twice", ({ state }) => ({ state: [state, state] })],
  ["C5 two states", ({ state }) => ({ state: [state, "A".repeat(43)] })],
  ["C5 the code twice", ({ code }) => ({ code: [code, code] }), SPENDS],
  ["C6 no code", () => ({ code: [] }), SPENDS],
  ["C6 an empty code", () => ({ code: "" }), SPENDS],
  ["C6 100 KB", () => ({ code: "c".repeat(100_000) }), { statuses: [400, 414, 431] }],
  ["C6 50 KB", () => ({ code: "c".repeat(50_000) }), TRIED],
  ["C13 another state", () => ({ code: [], error: "x", state: "A".repeat(43) })],
  ["C14 no state", () => ({ state: [], error: "x", error_description: SCRIPT })],
  ["C14 a script", () => ({ code: [], error: "x", error_description: SCRIPT }), SPENDS],
  ["C15 another issuer", () => ({ iss: "https://evil.example" }), SPENDS],
  ["C16 another client's code", () => ({ code: "JWS.others" }), TRIED],
  ["C17 another login's code", (_, { code }) => ({ code }), TRIED],
  ["C18 no refresh token", () => ({}), { ...TRIED, fault: () => ({ kind: "fields", omit: ["refresh_token"] }) }],
  ["C18 a visitor's tokens", () => ({}), { ...TRIED, fault: visitorTokens }],
  ["C20 another host", (_, others) => ({ ...others }), { host: "evil.com" }],
  ["C21 a form", () => ({}), { ...NO_GET, headers: [FORM], body: "state=x" }],
  ["C21 another site's", () => ({}), { ...NO_GET, headers: [EVIL], body: "" }],
];

async function visitorTokens({ origin }: LocalWix): Promise<Fault> {
  const grant = { clientId: SITE.clientId, grantType: "anonymous" };
  const response = await fetch(`${origin}/oauth2/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(grant),
  });
  return { status: 200, body: await response.json() };
}

test("G12 C1–C21: forged, incomplete and twofold callbacks are refused and change no session", async () => {
  const attacked = await app();
  const cases = REFUSED.flatMap(([name, ...rest]) =>
    ["visitor", "member"].map((who) =>
      [`${name} (${who})`, who, ...rest] as const
    )
  );
  await tryEach(cases, async ([, who, changes, rules = {}]) => {
    const { fault, mayCall, spends, statuses = [400], ...request } = rules;
    const jar = who === "member" ? await attacked.member() : new WireJar();
    const login = await attacked.pending(jar);
    const [own, others] = [login, await attacked.pending()].map(paramsOf);
    assert(own && others);
    if (fault !== undefined) {
      const { wix } = attacked;
      wix.controls.failNext("authorization_code", await fault(wix));
    }
    const before = jar.get("wix_session");
    const calls = attacked.tokenCalls;
    const { status, headers, body } = await attacked.send({
      ...request,
      jar,
      target: changed(login, changes(own, others)),
      unechoed: [MARK, own.code, own.state, others.code],
    });
    attacked.wix.controls.clearFaults();
    assert(statuses.includes(status), `status ${status}`);
    assertEquals(headers.get("location"), null);
    assert(attacked.tokenCalls - calls <= Number(mayCall ?? 0), "a token call");
    assertEquals(jar.get("wix_session"), before);
    assertEquals((await attacked.identity(jar)).kind, who);
    // The server's own refusals have no headers of ours.
    if (body !== "") assertPrivate(headers);
    const isLogin = (name: string) => name.startsWith("wix_login.");
    assert(!spends || ![...jar.keys()].some(isLogin), "it can be used again");
  });
});

test("G12 C4 C12: names that no server may set are no logins, and stop none", async () => {
  const attacked = await app();
  const odd = [...list('a@b (c) d/e "f" \u00e9 [i] j{}'), "g h", ""];
  await tryEach([...odd, "__proto__", "constructor"], async (name) => {
    const target = `${CALLBACK}?code=x&state=${encodeURIComponent(name)}`;
    const headers = [`Cookie: wix_login.${name}=x`];
    assertEquals((await attacked.send({ target, headers })).status, 400);
  });
  const cookies = odd.map((name) => `wix_login.${name}=x`).join("; ");
  const headers = [`Cookie: ${cookies}`];
  const login = await attacked.send({ target: "/api/auth/login", headers });
  assertEquals(login.status, 302);
});

test("G12 C8 C9: a used callback is refused, also with the cookie kept", async () => {
  const attacked = await app();
  const jar = new WireJar();
  const { target } = await attacked.pending(jar);
  const thief = new WireJar(jar);
  assertEquals((await attacked.send({ jar, target })).status, 302);
  const keeper = new WireJar([...thief, ...jar]);
  await tryEach(
    [
      ["C8 again", jar, 0],
      ["C9 a thief", thief, 1],
      ["C9 the owner with the cookie kept", keeper, 1],
    ] as const,
    async ([, browser, maxCalls]) => {
      const session = browser.get("wix_session");
      const calls = attacked.tokenCalls;
      const { status } = await attacked.send({ jar: browser, target });
      assertEquals(status, 400);
      assert(attacked.tokenCalls <= calls + maxCalls, "more token calls");
      assertEquals(browser.get("wix_session"), session);
    },
  );
  assertEquals((await attacked.identity(jar)).kind, "member");
});

test("G12 C10: a double click on the callback is one login in either order", async () => {
  const attacked = await app();
  const jar = new WireJar();
  const { target } = await attacked.pending(jar);
  const click = () => attacked.send({ target, jar: new WireJar(jar) });
  const responses = await Promise.all([click(), click()]);
  for (const order of [responses, responses.toReversed()]) {
    const browser = new WireJar(jar);
    order.forEach((response) => browser.keep(response));
    assertEquals((await attacked.identity(browser)).kind, "member");
  }
});

test("G12 C11: logins in two tabs can be finished in reverse order", async () => {
  const attacked = await app();
  const jar = new WireJar();
  const pending = (path: string) =>
    attacked.pending(jar, { query: `returnToUrl=${path}` });
  const [first, second] = [await pending("/members"), await pending("/x")];
  for (
    const [{ target }, path] of [[second, "/x"], [first, "/members"]] as const
  ) {
    const { headers } = await attacked.send({ jar, target });
    assertEquals(headers.get("location"), attacked.origin + path);
  }
  assertEquals((await attacked.identity(jar)).kind, "member");
});

test("G12 C13: a login that the user cancelled is a page with our own words", async () => {
  const attacked = await app();
  const jar = new WireJar();
  const login = await attacked.pending(jar);
  const calls = attacked.tokenCalls;
  const cancelled = { error: "access_denied", error_description: MARK };
  const { status, body } = await attacked.send({
    jar,
    target: changed(login, { code: [], ...cancelled }),
    unechoed: [MARK, paramsOf(login).state],
  });
  assertEquals([status, attacked.tokenCalls], [200, calls]);
  assert(body.includes("The login was cancelled"), "other words");
});

test("G12 C22: a login as Ben leaves nothing of Ann, whose cookies may be many", async () => {
  const attacked = await app();
  const ann = await attacked.member();
  const big = bigSession(await sessionOf(ann));
  await tryEach([
    ["C22 one cookie", ann],
    ["C22 cookies in parts", await cookiesOf(big)],
  ], async ([, jar]) => {
    const before = await sessionOf(jar);
    await attacked.member(BEN, jar);
    const after = await sessionOf(jar);
    assertEquals(after.member?.name, "Ben");
    assert(after.id !== before.id, "the session keeps its id");
    assert(
      after.tokens.refreshToken !== before.tokens.refreshToken,
      "Ann's token",
    );
    assertEquals([...jar.keys()], ["wix_session", `wix_session_${after.id}`]);
    const { body } = await attacked.send({ jar, target: "/account" });
    assert(body.includes(BEN), "the account is not Ben's");
    assert(!/\bann\b/i.test(body), "something of Ann's is on the page");
  });
});
