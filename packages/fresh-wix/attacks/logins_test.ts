import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { type Fault, SITE } from "@/packages/local-wix/src/mod.ts";
import { BEN } from "@/tests/helpers/site.ts";
import { assertPrivate, list, onWorkerd, tryEach } from "./helpers/attack.ts";
import { testsOfApp } from "./helpers/attacked_app.ts";
import type { PendingLogin } from "@/tests/helpers/wire_login.ts";
import { bigSession, cookiesOf, sessionOf } from "./helpers/sealed_cookies.ts";
import { WireJar, type WireRequest } from "@/tests/helpers/wire.ts";

const CALLBACK = "/api/auth/callback";
/** Must never be in a body. */
const MARK = "evilmarker";
const EVIL = "Origin: https://evil.example";
const FORM = "Content-Type: application/x-www-form-urlencoded";
const test = testsOfApp();

/** Parameters of a callback. */
type Params = Readonly<Record<"code" | "state", string>>;
type Changes = Record<string, string | readonly string[]>;

const paramsOf = ({ callback }: PendingLogin) =>
  Object.fromEntries(callback.searchParams) as Params;

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
  /** Whether the login that began here has to be over. */
  readonly spends?: boolean;
  /** How often the code may be taken to Wix. Default never. */
  readonly maxCalls?: number;
  /** Default 400. */
  readonly statuses?: readonly number[];
  /** What Wix says to the code. */
  readonly fault?: (wix: string) => Fault | Promise<Fault>;
}
const SPENDS = { spends: true };
const TRIED = { spends: true, maxCalls: 1 };
const NO_GET = { method: "POST", statuses: [403, 405] };
const SCRIPT = `<script>${MARK}</script>`;

const swapLast = (text: string) =>
  text.slice(0, -1) + (text.endsWith("A") ? "B" : "A");
const swapCase = (text: string) =>
  [...text].map((letter) => {
    const lower = letter.toLowerCase();
    return letter === lower ? letter.toUpperCase() : lower;
  }).join("");

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

async function visitorTokens(wix: string): Promise<Fault> {
  const grant = { clientId: SITE.clientId, grantType: "anonymous" };
  const headers = { "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(grant) };
  const response = await fetch(`${wix}/oauth2/token`, init);
  return { status: 200, body: await response.json() };
}

test("G12 C1–C21: forged, incomplete and duplicate callbacks are refused and change no session", async (attacked) => {
  const cases = REFUSED.flatMap(([name, ...rest]) =>
    ["visitor", "member"].map((who) =>
      [`${name} (${who})`, who, ...rest] as const
    )
  );
  await tryEach(cases, async ([, who, changes, rules = {}]) => {
    const { fault, maxCalls = 0, spends, statuses = [400], ...request } = rules;
    const jar = who === "member" ? await attacked.member() : new WireJar();
    const login = await attacked.pending(jar);
    const [own, others] = [login, await attacked.pending()].map(paramsOf);
    assert(own && others);
    const { origin, controls } = attacked.wix;
    if (fault) controls.failNext("authorization_code", await fault(origin));
    const before = jar.get("wix_session");
    const calls = attacked.tokenCalls;
    const target = changed(login, changes(own, others));
    const unechoed = [MARK, own.code, own.state, others.code];
    const all = { ...request, jar, target, unechoed };
    const { status, headers, body } = await attacked.send(all);
    controls.clearFaults();
    assert(statuses.includes(status), `status ${status}`);
    assertEquals(headers.get("location"), null);
    assert(attacked.tokenCalls - calls <= maxCalls, "a token call");
    assertEquals(jar.get("wix_session"), before);
    assertEquals((await attacked.identity(jar)).kind, who);
    // The host's own refusals have no headers of ours.
    const isOurs = body !== "" && status !== onWorkerd<unknown>(414, undefined);
    if (isOurs) assertPrivate(headers);
    const isSpent = !jar.header().includes("wix_login.");
    assert(isSpent || !spends, "it can be used again");
  });
});

test("G12 C4 C12: cookie names that no server may set start and stop no login", async (attacked) => {
  const odd = [...list('a@b (c) d/e "f" \u00e9 [i] j{}'), "g h", ""];
  await tryEach([...odd, "__proto__", "constructor"], async (name) => {
    const target = `${CALLBACK}?code=x&state=${encodeURIComponent(name)}`;
    const headers = [`Cookie: wix_login.${name}=x`];
    assertEquals((await attacked.send({ target, headers })).status, 400);
  });
  const headers = [`Cookie: wix_login.${odd.join("=x; wix_login.")}=x`];
  const login = await attacked.send({ target: "/api/auth/login", headers });
  assertEquals(login.status, 302);
});

test("G12 C8 C9: a used callback is refused, even if the cookie still exists", async (attacked) => {
  const jar = new WireJar();
  const { target } = await attacked.pending(jar);
  const thief = new WireJar(jar);
  assertEquals((await attacked.send({ jar, target })).status, 302);
  const keeper = new WireJar([...thief, ...jar]);
  const browsers = [
    ["C8 again", jar, 0],
    ["C9 a thief", thief, 1],
    ["C9 the owner with the cookie kept", keeper, 1],
  ] as const;
  await tryEach(browsers, async ([, jar, maxCalls]) => {
    const session = jar.get("wix_session");
    const calls = attacked.tokenCalls;
    assertEquals((await attacked.send({ jar, target })).status, 400);
    assert(attacked.tokenCalls <= calls + maxCalls, "more token calls");
    assertEquals(jar.get("wix_session"), session);
  });
  assertEquals((await attacked.identity(jar)).kind, "member");
});

test("G12 C10: a double click on the callback logs in once, in either order", async (attacked) => {
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

test("G12 C11: logins in two tabs can be finished in reverse order", async (attacked) => {
  const jar = new WireJar();
  const logins = [];
  for (const path of ["/test/members", "/x"]) {
    const query = `returnToUrl=${path}`;
    logins.unshift([await attacked.pending(jar, { query }), path] as const);
  }
  for (const [{ target }, path] of logins) {
    const { headers } = await attacked.send({ jar, target });
    assertEquals(headers.get("location"), attacked.origin + path);
  }
  assertEquals((await attacked.identity(jar)).kind, "member");
});

test("G12 C13: a cancelled login shows our own page", async (attacked) => {
  const jar = new WireJar();
  const login = await attacked.pending(jar);
  const calls = attacked.tokenCalls;
  const cancelled = { error: "access_denied", error_description: MARK };
  const target = changed(login, { code: [], ...cancelled });
  const unechoed = [MARK, paramsOf(login).state];
  const { status, body } = await attacked.send({ jar, target, unechoed });
  assertEquals([status, attacked.tokenCalls], [200, calls]);
  assert(body.includes("The login was cancelled"), "other words");
});

test("G12 C22: a login as Ben removes all of Ann's cookies", async (attacked) => {
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
    assertNotEquals(after.id, before.id);
    assertNotEquals(after.tokens.refreshToken, before.tokens.refreshToken);
    assertEquals([...jar.keys()], ["wix_session", `wix_session_${after.id}`]);
    const { body } = await attacked.send({ jar, target: "/account" });
    assert(body.includes(BEN), "the account is not Ben's");
    assert(!/\bann\b/i.test(body), "something of Ann's is on the page");
  });
});
