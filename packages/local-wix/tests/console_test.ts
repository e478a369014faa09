import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertThrows,
} from "@std/assert";
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
const ANN = guid("member", 1);
const ANONYMOUS = { grantType: "anonymous" };

async function consoleText(wix: LocalWix): Promise<string> {
  const { status, text } = await new Browser().get(`${wix.origin}/`);
  assertEquals(status, 200);
  return text;
}

async function myStatus(wix: LocalWix, authorization: string): Promise<number> {
  return (await get(wix, MY_PATH, { authorization })).status;
}

test("the console shows members, orders, sessions, requests and counters", async (wix) => {
  const { access: authorization } = await memberTokens(wix);
  await visitorTokens(wix);
  await get(wix, MY_PATH, { authorization });
  await get(wix, MY_PATH);
  const rows = (await consoleText(wix)).match(/<tr>[\s\S]*?<\/tr>/g) ?? [];
  for (
    const parts of [
      ["ben@demo.example", "Ben Brooks"],
      ["1047", "ann@demo.example", "PAID"],
      ["ann@demo.example", "1 access, 1 refresh", "valid"],
      [`GET ${MY_PATH}`, "ann@demo.example", "200"],
      [`GET ${MY_PATH}`, "unknown", "401"],
      ["<code>anonymous</code></td><td>2</td>"],
      [`<code>${MY}</code></td><td>2</td>`],
    ]
  ) {
    const found = rows.some((row) => parts.every((part) => row.includes(part)));
    assert(found, parts.join());
  }
});

test("the console never shows a token, nor markup from a name", async (wix) => {
  const tokens = [await memberTokens(wix), await visitorTokens(wix)];
  const page = await consoleText(wix);
  const { body } = await get(wix, "/_local/overview");
  const text = page + JSON.stringify(body);
  for (const { access, refresh } of tokens) {
    assert(!text.includes(access.slice(-20)) && !text.includes(refresh));
  }
  assert(page.includes("&lt;b>Lynch"));
});

test("the console reloads itself on request", async (wix) => {
  const refreshing = await new Browser().get(`${wix.origin}/?refresh`);
  assertMatch(refreshing.text, /http-equiv="refresh" content="3"/);
  assert(!(await consoleText(wix)).includes('http-equiv="refresh"'));
});

test("the console's forms use the controls and lead back to it", async (wix) => {
  const { refresh: old } = await memberTokens(wix);
  const { refresh: bens } = await memberTokens(wix, "ben@demo.example");
  const browser = new Browser();
  const submit = async (path: string, fields: Record<string, string>) => {
    const page = await browser.submit(`${wix.origin}/_local/${path}`, fields);
    assertEquals([page.status, page.location], [303, "/"], path);
  };
  const fault = '{"status":429}';
  await submit("fail", { target: MY, fault, times: "2" });
  assertEquals(wix.controls.faults, [
    { target: MY, fault: { status: 429, times: 2 }, left: 2 },
  ]);
  await submit("clear-faults", { target: "" });
  assertEquals(wix.controls.faults, []);
  await submit("settings", {
    accessTokenSeconds: "60",
    rotation: "strict",
    latencyMilliseconds: "1",
  });
  assertEquals(wix.controls.accessTokenSeconds, 60);
  assertEquals(wix.controls.rotation, "strict");
  await submit("clock", { advanceSeconds: "3600" });
  await submit("clock", { advanceSeconds: "60" });
  assertEquals(wix.controls.clockOffsetSeconds, 3660);
  await submit("revoke", { memberId: ANN });
  assertEquals((await refresh(wix, old)).status, 400);
  assertEquals((await refresh(wix, bens)).status, 200);
  await submit("reset", {});
  assertEquals(wix.controls.clockOffsetSeconds, 0);
});

test("a form with an impossible value gets a page that says so", async (wix) => {
  const url = `${wix.origin}/_local/settings`;
  const form = { accessTokenSeconds: "soon" };
  const { status, text } = await new Browser().submit(url, form);
  assertEquals(status, 400);
  assertMatch(text, /Cannot set accessTokenSeconds/);
});

test("every form of the console posts to a control that exists", async (wix) => {
  await memberTokens(wix);
  const actions = [...(await consoleText(wix)).matchAll(/action="([^"]+)"/g)];
  assert(actions.length > 8);
  const { routes } = wix.controls.counters;
  for (const [, path] of actions) assert(`POST ${path}` in routes, path);
});

test("GET /_local/overview returns what the console shows", async (wix) => {
  await memberTokens(wix);
  wix.controls.failNext(MY, { status: 500 });
  const { body } = await get(wix, "/_local/overview");
  assertEquals(at(body, "members.0.sessions"), 1);
  assertEquals(at(body, "sessions.0.who.name"), "ann@demo.example");
  assertEquals(at(body, "requests.0.path"), "/oauth2/token");
  assertEquals(at(body, "counters.grants.authorization_code"), 1);
  assertEquals(at(body, "faults.0.target"), MY);
  assertEquals(at(body, "tables.orders"), 89);
});

test("the console keeps the last hundred requests", async (wix) => {
  for (let i = 0; i < 130; i++) await get(wix, `/some/${i}`);
  const { body } = await get(wix, "/_local/overview");
  const requests = Object(at(body, "requests"));
  assertEquals(requests.length, 100);
  const ends = [requests[0].path, requests[99].path];
  assertEquals(ends, ["/some/129", "/some/30"]);
});

test("console and controls are served to names of this machine only", async (wix) => {
  for (const path of ["/", "/?refresh", "/_local/overview"]) {
    for (
      const [host, status] of [
        ["evil.example", 403],
        ["localhost.evil.example", 403],
        ["evil-localhost", 403],
        ["127.0.0.1.evil.example", 403],
        ["localhost", 200],
        ["app.localhost", 200],
        ["127.0.0.1:4400", 200],
        ["192.168.0.7", 200],
        ["[::1]:4400", 200],
      ] as const
    ) {
      const text =
        `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`;
      const response = await rawResponse(wix, text);
      assertEquals(response.slice(9, 12), String(status), `${path} ${host}`);
    }
  }
});

test("controls refuse posts from pages of other origins", async (wix) => {
  const { port } = new URL(wix.origin);
  for (
    const [origin, expected] of [
      ["https://evil.example", 403],
      ["http://localhost:1", 403],
      [`https://localhost:${port}`, 403],
      ["null", 403],
      [wix.origin, 200],
    ] as const
  ) {
    const { status } = await post(wix, "/_local/reset", {}, { origin });
    assertEquals(status, expected, origin);
  }
});

test("latencyMilliseconds delays APIs, not pages and controls", async (wix) => {
  wix.controls.latencyMilliseconds = 600_000;
  await consoleText(wix);
  await get(wix, "/_local/counters");
  const patience = new AbortController();
  const waiting = fetch(wix.origin + MY_PATH, { signal: patience.signal })
    .then(() => "a response", () => "given up");
  await post(wix, "/_local/settings", { latencyMilliseconds: 0 });
  patience.abort();
  assertEquals(await waiting, "given up");
  assertEquals((await get(wix, MY_PATH)).status, 401);
});

test("counters count grants and routes, failed ones too, as a snapshot", async (wix) => {
  const before = wix.controls.counters;
  wix.controls.failNext("anonymous", { status: 503 });
  await token(wix, ANONYMOUS);
  await refresh(wix, "junk");
  await get(wix, MY_PATH);
  const { grants, routes } = wix.controls.counters;
  assertEquals(before.grants.anonymous, 0);
  assertEquals([grants.anonymous, grants.refresh_token], [1, 1]);
  assertEquals([routes[MY], routes["GET /ecom/v1/orders/{id}"]], [1, 0]);
  assertEquals(routes["GET /ecom/v1/order/{id}"], undefined);
});

test("/_local works the same controls over HTTP", async (wix) => {
  const { access, refresh: old } = await memberTokens(wix);
  await post(wix, "/_local/fail", { target: MY, status: 418, body: "tea" });
  const tea = await fetch(wix.origin + MY_PATH);
  assertEquals([tea.status, await tea.text()], [418, "tea"]);
  await post(wix, "/_local/expire", { accessTokenSeconds: 3 });
  assertEquals(await myStatus(wix, access), 401);
  assertEquals(at((await refresh(wix, old)).body, "expires_in"), 3);
  await post(wix, "/_local/revoke");
  assertEquals((await refresh(wix, old)).status, 400);
  const { body } = await get(wix, "/_local/counters");
  assertEquals(at(body, "grants.refresh_token"), 2);
  await post(wix, "/_local/reset");
  assertEquals(wix.controls.counters.grants.refresh_token, 0);
  assertEquals(await myStatus(wix, access), 200);
});

test("/_local takes JSON that curl -d calls a form", async (wix) => {
  const response = await fetch(`${wix.origin}/_local/settings`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: '{"rotation": "strict"}',
  });
  assertEquals([response.status, await response.json()], [200, {}]);
  assertEquals(wix.controls.rotation, "strict");
});

test("/_local says what is wrong with a request, and changes nothing", async (wix) => {
  const { access } = await memberTokens(wix);
  for (
    const [path, body, reason] of [
      ["fail", { target: "GET /x" }, /GET \/x is no grant/],
      ["expire", { accessTokenSeconds: "soon" }, /accessTokenSeconds/],
      ["expire", { accessTokenSeconds: -1 }, /accessTokenSeconds to -1/],
      ["clock", {}, /neither advanceSeconds nor an ISO date as now/],
      ["clock", { now: "soon" }, /Cannot set the clock/],
      ["revoke", { memberId: "ann" }, /no member has the id ann/],
      ["revoke", { memberId: "" }, /no member has the id/],
      ["clear-faults", { target: "GET /x" }, /Cannot clear faults: GET/],
      ["settings", { rotation: "sometimes" }, /rotation to "sometimes"/],
      [
        "settings",
        { accessTokenSeconds: 5, clockOffsetSeconds: "1" },
        /clockOffsetSeconds/,
      ],
      ["settings", { accessTokenSeconds: 5, rotate: "off" }, /rotate/],
      ["settings", { clockOffsetSeconds: 1e15 }, /clockOffsetSeconds/],
      ["settings", { rateLimitPerMinute: -1 }, /rateLimitPerMinute to -1/],
      [
        "settings",
        { allowedOrigins: ["https://a.example/"] },
        /allowedOrigins/,
      ],
      ["settings", { allowedOrigins: "https://a.example" }, /allowedOrigins/],
      [
        "settings",
        { allowedRedirectUris: ["javascript:alert(1)"] },
        /allowedRedirectUris/,
      ],
      ["settings", { toString: 1 }, /toString/],
    ] as const
  ) {
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
  assertMatch(
    headers.get("date") ?? "",
    /^Wed, 02 Jan 2030 03:04:0[5-9] GMT$/,
  );
  const { access } = tokensIn(await token(wix, ANONYMOUS));
  const expires = textAt(claims(access), "expirationDate");
  assertMatch(expires, /^2030-01-02T07:04:0/);
});

Deno.test("settings start as options, and reset returns to them", async () => {
  const options = { port: 0, accessTokenSeconds: 90, rateLimitPerMinute: 50 };
  await using wix = await startLocalWix(options);
  const { controls } = wix;
  assertEquals(at((await token(wix, ANONYMOUS)).body, "expires_in"), 90);
  controls.change({ accessTokenSeconds: 5, rotation: "off" });
  assertEquals(at((await token(wix, ANONYMOUS)).body, "expires_in"), 5);
  controls.reset();
  assertEquals([controls.accessTokenSeconds, controls.rotation], [90, "grace"]);
  assertThrows(() => controls.clockOffsetSeconds = NaN, RangeError);
  assertThrows(() => controls.accessTokenSeconds = 0.5, RangeError);
  const wrong = { port: 0, accessTokenSeconds: -1 };
  await assertRejects(() => startLocalWix(wrong), RangeError);
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
  const { body } = await get(wix, MY_PATH, { authorization: first.access });
  const code = at(body, "details.applicationError.code");
  assertEquals(code, "RESOURCE_EXHAUSTED");
  assertEquals((await get(wix, "/_local/counters")).status, 200);
  time += 60_000;
  assertEquals(await myStatus(wix, first.access), 404);
});
