import { assert, assertEquals, assertMatch } from "@std/assert";
import { type LocalWix, startLocalWix } from "../src/mod.ts";
import { Browser } from "./helpers/browser.ts";
import {
  at,
  get,
  memberTokens,
  post,
  rawAnswer,
  refresh,
  visitorTokens,
} from "./helpers/http.ts";

const MY = "GET /members/v1/members/my";
const MY_PATH = "/members/v1/members/my";
const ANN_ID = "00000001-0000-4000-8000-000000000001";

async function consoleText(wix: LocalWix): Promise<string> {
  const { status, text } = await new Browser().get(`${wix.origin}/`);
  assertEquals(status, 200);
  return text;
}

function rowWith(text: string, ...parts: string[]): string | undefined {
  return text.match(/<tr>[\s\S]*?<\/tr>/g)
    ?.find((row) => parts.every((part) => row.includes(part)));
}

Deno.test("the console shows members, orders, sessions, requests and counters", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access: authorization } = await memberTokens(wix);
  await visitorTokens(wix);
  await get(wix, MY_PATH, { authorization });
  await get(wix, MY_PATH);
  const text = await consoleText(wix);
  assert(rowWith(text, "ben@demo.example", "Ben Brooks"));
  assert(rowWith(text, "1047", "ann@demo.example", "PAID"));
  assert(rowWith(text, "ann@demo.example", "1 access, 1 refresh", "counts"));
  assert(rowWith(text, `GET ${MY_PATH}`, "ann@demo.example", "200"));
  assert(rowWith(text, `GET ${MY_PATH}`, "nobody", "401"));
  assert(rowWith(text, "<code>anonymous</code></td><td>2</td>"));
  assert(rowWith(text, `<code>${MY}</code></td><td>2</td>`));
});

Deno.test("the console never shows a token, nor markup from a name", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const tokens = [await memberTokens(wix), await visitorTokens(wix)];
  const text = await consoleText(wix) +
    JSON.stringify((await get(wix, "/_local/overview")).body);
  for (const { access, refresh } of tokens) {
    assert(!text.includes(access) && !text.includes(refresh));
    assert(!text.includes(access.slice(-20)));
  }
  assert((await consoleText(wix)).includes("&#60;b&#62;Lynch"));
});

Deno.test("the console loads itself again when asked to", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const browser = new Browser();
  const refreshing = await browser.get(`${wix.origin}/?refresh`);
  assertMatch(refreshing.text, /http-equiv="refresh" content="3"/);
  assert(!(await consoleText(wix)).includes('http-equiv="refresh"'));
});

Deno.test("the console's forms work the controls and lead back to it", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { refresh: old } = await memberTokens(wix);
  const { refresh: bens } = await memberTokens(wix, "ben@demo.example");
  const browser = new Browser();
  const submit = async (path: string, fields: Record<string, string>) => {
    const { status, location } = await browser.submit(
      wix.origin + path,
      fields,
    );
    assertEquals([status, location], [303, "/"]);
  };
  const fault = '{"status":429}';
  await submit("/_local/fail", { target: MY, fault, times: "2" });
  assertEquals(wix.controls.faults, [
    { target: MY, fault: { status: 429, times: 2 }, left: 2 },
  ]);
  await submit("/_local/clear-faults", { target: "" });
  assertEquals(wix.controls.faults, []);
  await submit("/_local/settings", {
    accessTokenSeconds: "60",
    rotation: "strict",
    latencyMilliseconds: "1",
  });
  assertEquals(wix.controls.accessTokenSeconds, 60);
  assertEquals(wix.controls.rotation, "strict");
  await submit("/_local/clock", { advanceSeconds: "3600" });
  await submit("/_local/clock", { advanceSeconds: "60" });
  assertEquals(wix.controls.clockOffsetSeconds, 3660);
  await submit("/_local/revoke", { memberId: ANN_ID });
  assertEquals((await refresh(wix, old)).status, 400);
  assertEquals((await refresh(wix, bens)).status, 200);
  await submit("/_local/reset", {});
  assertEquals(wix.controls.clockOffsetSeconds, 0);
});

Deno.test("a form that asks for the impossible gets a page that says so", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { status, text } = await new Browser().submit(
    `${wix.origin}/_local/settings`,
    { accessTokenSeconds: "soon" },
  );
  assertEquals(status, 400);
  assertMatch(text, /Cannot set accessTokenSeconds/);
});

Deno.test("every form of the console posts to a control that exists", async () => {
  await using wix = await startLocalWix({ port: 0 });
  await memberTokens(wix);
  const text = await consoleText(wix);
  const actions = [...text.matchAll(/action="([^"]+)"/g)].map(([, path]) =>
    `POST ${path}`
  );
  assert(actions.length > 8);
  const { routes } = wix.controls.counters;
  for (const name of actions) assert(name in routes, name);
});

Deno.test("GET /_local/overview answers what the console shows", async () => {
  await using wix = await startLocalWix({ port: 0 });
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

Deno.test("the console keeps the last hundred requests and no more", async () => {
  await using wix = await startLocalWix({ port: 0 });
  for (let i = 0; i < 130; i++) await get(wix, `/some/${i}`);
  const { body } = await get(wix, "/_local/overview");
  const requests = Object(at(body, "requests"));
  assertEquals(requests.length, 100);
  assertEquals(requests[0].path, "/some/129");
  assertEquals(requests[99].path, "/some/30");
});

Deno.test("/_local/clock sets Wix's clock, and the Date header follows it", async () => {
  await using wix = await startLocalWix({ port: 0 });
  await post(wix, "/_local/clock", { now: "2030-01-02T03:04:05Z" });
  const { headers } = await get(wix, "/_local/counters");
  assertMatch(headers.get("date") ?? "", /^Wed, 02 Jan 2030 03:04:0[5-9] GMT$/);
  assertEquals((await post(wix, "/_local/clock", { now: "noon" })).status, 400);
});

for (
  const path of ["/", "/?refresh", "/_local/counters", "/_local/overview"]
) {
  Deno.test(`GET ${path} does not answer to a name that was made to lead here`, async () => {
    await using wix = await startLocalWix({ port: 0 });
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
      const answer = await rawAnswer(
        wix,
        `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`,
      );
      assertEquals(answer.slice(9, 12), String(status), host);
    }
  });
}

Deno.test("controls refuse posts from pages of other origins", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { port } = new URL(wix.origin);
  for (
    const [origin, status] of [
      ["https://evil.example", 403],
      ["http://localhost:1", 403],
      ["https://localhost:" + port, 403],
      ["null", 403],
      [wix.origin, 200],
    ] as const
  ) {
    const { status: given } = await post(wix, "/_local/reset", {}, { origin });
    assertEquals(given, status, origin);
  }
});

Deno.test("latencyMilliseconds delays APIs, not pages and controls", async () => {
  await using wix = await startLocalWix({ port: 0 });
  wix.controls.latencyMilliseconds = 600_000;
  await consoleText(wix);
  await get(wix, "/_local/counters");
  const patience = new AbortController();
  const waiting = fetch(wix.origin + MY_PATH, { signal: patience.signal })
    .then(() => "answered", () => "given up");
  await post(wix, "/_local/settings", { latencyMilliseconds: 0 });
  patience.abort();
  assertEquals(await waiting, "given up");
  assertEquals((await get(wix, MY_PATH)).status, 401);
});
