import { assert, assertEquals, assertMatch } from "@std/assert";
import { guid, type LocalWix, startLocalWix } from "../src/mod.ts";
import { Browser } from "./helpers/browser.ts";
import {
  at,
  claims,
  get,
  memberTokens,
  post,
  rawResponse,
  refresh,
  textAt,
  token,
  tokensIn,
  visitorTokens,
} from "./helpers/http.ts";
import { test } from "./helpers/site.ts";

const MY = "GET /members/v1/members/my";
const MY_PATH = "/members/v1/members/my";
const ANONYMOUS = { grantType: "anonymous" };

async function consoleText(wix: LocalWix, query = ""): Promise<string> {
  const { status, text } = await new Browser().get(`${wix.origin}/${query}`);
  assertEquals(status, 200);
  return text;
}

async function myStatus(wix: LocalWix, authorization: string): Promise<number> {
  return (await get(wix, MY_PATH, { authorization })).status;
}

test("the console and GET /_local/overview show members, orders, sessions, requests and counters", async (wix) => {
  const { access: authorization } = await memberTokens(wix);
  await get(wix, MY_PATH, { authorization });
  await get(wix, MY_PATH);
  const rows = (await consoleText(wix)).match(/<tr>[\s\S]*?<\/tr>/g) ?? [];
  const expected = [
    ["ben@demo.example", "Ben Brooks"],
    ["1047", "ann@demo.example", "PAID"],
    ["ann@demo.example", "1 access, 1 refresh", "valid"],
    [`GET ${MY_PATH}`, "ann@demo.example", "200"],
    [`GET ${MY_PATH}`, "unknown", "401"],
    [`<code>${MY}</code></td><td>2</td>`],
  ];
  for (const parts of expected) {
    const found = rows.some((row) => parts.every((part) => row.includes(part)));
    assert(found, parts.join());
  }
  const { body } = await get(wix, "/_local/overview");
  assertEquals(at(body, "members.0.sessions"), 1);
  assertEquals(at(body, "sessions.0.who.name"), "ann@demo.example");
  assertEquals(at(body, "counters.grants.authorization_code"), 1);
  assertEquals(at(body, "tables.orders"), 89);
});

test("the console shows no tokens, and escapes markup in names", async (wix) => {
  const tokens = [await memberTokens(wix), await visitorTokens(wix)];
  const page = await consoleText(wix);
  const { body } = await get(wix, "/_local/overview");
  const text = page + JSON.stringify(body);
  for (const { access, refresh } of tokens) {
    assert(!text.includes(access.slice(-20)) && !text.includes(refresh));
  }
  assert(page.includes("&lt;b>Lynch"));
});

test("the console's forms use the controls and lead back to it", async (wix) => {
  const { refresh: anns } = await memberTokens(wix);
  const actions = [...(await consoleText(wix)).matchAll(/action="([^"]+)"/g)];
  assert(actions.length > 8);
  const { controls } = wix;
  const { routes } = controls.counters;
  for (const [, path] of actions) assert(`POST ${path}` in routes, path);
  const browser = new Browser();
  const submit = async (path: string, fields: Record<string, string>) => {
    const page = await browser.submit(`${wix.origin}/_local/${path}`, fields);
    assertEquals([page.status, page.location], [303, "/"], path);
  };
  await submit("fail", { target: MY, fault: '{"status":429}', times: "2" });
  const fault = { status: 429, times: 2 };
  assertEquals(controls.faults, [{ target: MY, fault, left: 2 }]);
  await submit("clear-faults", { target: "" });
  assertEquals(controls.faults, []);
  await submit("settings", { rotation: "strict", latencyMilliseconds: "1" });
  assertEquals(controls.rotation, "strict");
  await submit("clock", { advanceSeconds: "3600" });
  assertEquals(controls.clockOffsetSeconds, 3600);
  await submit("revoke", { memberId: guid("member", 1) });
  assertEquals((await refresh(wix, anns)).status, 400);
  await submit("reset", {});
  assertEquals(controls.clockOffsetSeconds, 0);
  const url = `${wix.origin}/_local/settings`;
  const wrong = await browser.submit(url, { accessTokenSeconds: "soon" });
  assertEquals(wrong.status, 400);
  assertMatch(wrong.text, /Cannot set accessTokenSeconds/);
});

const HOSTS = [
  ["evil.example", 403],
  ["localhost.evil.example", 403],
  ["evil-localhost", 403],
  ["app.localhost", 200],
  ["127.0.0.1:4400", 200],
  ["[::1]:4400", 200],
] as const;

test("console and controls are served under this machine's names only", async (wix) => {
  for (const path of ["/", "/_local/overview"]) {
    for (const [host, status] of HOSTS) {
      const text =
        `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`;
      const response = await rawResponse(wix, text);
      assertEquals(response.slice(9, 12), String(status), `${path} ${host}`);
    }
  }
});

test("controls refuse posts from pages of other origins", async (wix) => {
  const { port } = new URL(wix.origin);
  const other = ["https://evil.example", "http://localhost:1", "null"];
  for (const origin of [...other, `https://localhost:${port}`, wix.origin]) {
    const { status } = await post(wix, "/_local/reset", {}, { origin });
    assertEquals(status, origin === wix.origin ? 200 : 403, origin);
  }
});

test("/_local works the same controls over HTTP, with the content type of curl -d too", async (wix) => {
  const { access, refresh: old } = await memberTokens(wix);
  await post(wix, "/_local/fail", { target: MY, status: 418, body: "tea" });
  const tea = await fetch(wix.origin + MY_PATH);
  assertEquals([tea.status, await tea.text()], [418, "tea"]);
  await post(wix, "/_local/expire", { accessTokenSeconds: 3 });
  assertEquals(await myStatus(wix, access), 401);
  assertEquals(at((await refresh(wix, old)).body, "expires_in"), 3);
  const type = { "content-type": "application/x-www-form-urlencoded" };
  await post(wix, "/_local/settings", { rotation: "strict" }, type);
  assertEquals(wix.controls.rotation, "strict");
});

const WRONG: readonly [string, object, RegExp][] = [
  ["fail", { target: "GET /x" }, /GET \/x is neither a grant/],
  ["expire", { accessTokenSeconds: -1 }, /accessTokenSeconds to -1/],
  ["clock", {}, /give advanceSeconds, or an ISO date as now/],
  ["clock", { now: "soon" }, /Cannot set the clock/],
  ["revoke", { memberId: "" }, /no member has the id/],
  ["clear-faults", { target: "GET /x" }, /Cannot clear faults: GET/],
  ["settings", { rotation: "sometimes" }, /rotation to "sometimes"/],
  ["settings", { accessTokenSeconds: 5, rotate: "off" }, /rotate/],
  ["settings", { clockOffsetSeconds: 1e15 }, /clockOffsetSeconds/],
  ["settings", { allowedOrigins: ["https://a.example/"] }, /allowedOrigins/],
  ["settings", { allowedRedirectUris: ["javascript:1"] }, /allowedRedirect/],
  ["settings", { toString: 1 }, /toString/],
];

test("/_local says what is wrong with a request, and changes nothing", async (wix) => {
  const { access } = await memberTokens(wix);
  for (const [path, body, reason] of WRONG) {
    const { status, body: reply } = await post(wix, `/_local/${path}`, body);
    assertEquals(status, 400);
    assertMatch(textAt(reply, "message"), reason);
  }
  assertEquals(wix.controls.accessTokenSeconds, 14_400);
  assertEquals(await myStatus(wix, access), 200);
});

test("/_local/clock sets Wix's clock, and the Date header follows it", async (wix) => {
  await post(wix, "/_local/clock", { now: "2030-01-02T03:04:05Z" });
  const { headers } = await get(wix, "/_local/counters");
  const date = headers.get("date") ?? "";
  assertMatch(date, /^Wed, 02 Jan 2030 03:04:\d\d GMT$/);
  const { access } = tokensIn(await token(wix, ANONYMOUS));
  const expires = textAt(claims(access), "expirationDate");
  assertMatch(expires, /^2030-01-02T07:04:/);
});

Deno.test("[assumed] rateLimitPerMinute refuses one caller, not another, for a minute", async () => {
  let time = 60_000_000;
  await using wix = await startLocalWix({ port: 0, now: () => time });
  const [first, second] = [await visitorTokens(wix), await visitorTokens(wix)];
  wix.controls.rateLimitPerMinute = 2;
  const statuses = [];
  for (const { access } of [first, first, first, second]) {
    statuses.push(await myStatus(wix, access));
  }
  assertEquals(statuses, [404, 404, 429, 404]);
  assertEquals((await get(wix, "/_local/counters")).status, 200);
  time += 60_000;
  assertEquals(await myStatus(wix, first.access), 404);
});

test("the calls page lists supported, unsupported and unknown calls", async (wix) => {
  for (const path of ["/ecom/v1/carts/1/add-to-cart", "/no/such/api"]) {
    await post(wix, path);
  }
  const { text } = await new Browser().get(`${wix.origin}/_local/calls`);
  const [known = "", unknown = ""] = text.split("<h2>Unknown</h2>");
  const stateOf = (name: string) =>
    />(carried|refused)</.exec(known.split(`<td>${name}</td>`)[1] ?? "")?.[1];
  assertEquals(stateOf("orders.getOrder"), "carried");
  assertEquals(stateOf("items.patch"), "carried");
  assertEquals(stateOf("orders.createOrder"), "refused");
  assertEquals(/<li>(.*?)<\/ul>/.exec(unknown)?.[1], "POST /no/such/api</li>");
});
