import {
  assertEquals,
  assertMatch,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { startLocalWix } from "../src/mod.ts";
import {
  arrival,
  at,
  get,
  memberTokens,
  post,
  refresh,
  token,
  visitorTokens,
} from "./helpers/http.ts";
import { SdkRig } from "./helpers/sdk.ts";

const ANONYMOUS = { grantType: "anonymous" };

Deno.test("counters tell how often each grant and route was asked for", async () => {
  await using rig = await SdkRig.start();
  const client = await rig.member();
  await client.orders.searchOrders({});
  await client.orders.searchOrders({});
  const { grants, routes } = rig.wix.controls.counters;
  assertEquals(grants, {
    anonymous: 1,
    refresh_token: 0,
    authorization_code: 1,
    client_credentials: 0,
    authorized_client: 0,
    strip_bound_session: 0,
  });
  assertEquals(routes["POST /ecom/v1/orders/search"], 2);
  assertEquals(routes["GET /ecom/v1/orders/{id}"], 0);
  assertEquals(routes["GET /ecom/v1/order/{id}"], undefined);
});

Deno.test("counters include requests that fail", async () => {
  await using wix = await startLocalWix({ port: 0 });
  wix.controls.failNext("anonymous", { status: 503 });
  await token(wix, ANONYMOUS);
  await refresh(wix, "junk");
  await get(wix, "/members/v1/members/my");
  const { grants, routes } = wix.controls.counters;
  assertEquals([grants.anonymous, grants.refresh_token], [1, 1]);
  assertEquals(routes["GET /members/v1/members/my"], 1);
});

Deno.test("counters is a snapshot", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const before = wix.controls.counters;
  await token(wix, ANONYMOUS);
  assertEquals(before.grants.anonymous, 0);
});

Deno.test("failNext() lets the next request to a grant fail, and only that", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { refresh: refreshToken } = await visitorTokens(wix);
  wix.controls.failNext("refresh_token", {
    status: 429,
    headers: { "retry-after": "7" },
  });
  assertEquals((await token(wix, ANONYMOUS)).status, 200);
  const failed = await refresh(wix, refreshToken);
  assertEquals(failed.status, 429);
  assertEquals(failed.headers.get("retry-after"), "7");
  assertEquals(
    at(failed.body, "details.applicationError.code"),
    "RESOURCE_EXHAUSTED",
  );
  assertEquals((await refresh(wix, refreshToken)).status, 200);
});

Deno.test("failNext() lets requests to a route fail as often as asked", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access: authorization } = await memberTokens(wix);
  const target = "GET /members/v1/members/{id}";
  wix.controls.failNext(target, { status: 500, times: 2 });
  wix.controls.failNext(target, { status: 502, body: { a: 1 } });
  const statuses = [];
  for (let i = 0; i < 4; i++) {
    const path = "/members/v1/members/00000001-0000-4000-8000-000000000001";
    statuses.push((await get(wix, path, { authorization })).status);
  }
  assertEquals(statuses, [500, 500, 502, 200]);
});

Deno.test("failNext() can answer 200 with a page instead of JSON", async () => {
  await using rig = await SdkRig.start();
  const { members } = await rig.member();
  const target = "GET /members/v1/members/my";
  rig.wix.controls.failNext(target, { status: 200, body: "<h1>Proxy</h1>" });
  const error = await assertRejects(() => members.getCurrentMember());
  assertEquals([at(error, "code"), at(error, "status")], [
    "UNKNOWN",
    undefined,
  ]);
});

Deno.test("failNext() with hang leaves the client waiting until it gives up", async () => {
  await using wix = await startLocalWix({ port: 0 });
  wix.controls.failNext("GET /", { hang: true });
  const patience = new AbortController();
  const waiting = fetch(wix.origin, { signal: patience.signal });
  await arrival(wix, "GET /");
  patience.abort();
  await assertRejects(() => waiting, DOMException);
});

Deno.test("close() ends hanging answers", async () => {
  const wix = await startLocalWix({ port: 0 });
  wix.controls.failNext("GET /", { hang: true });
  const waiting = fetch(wix.origin).then((response) => response.text());
  await arrival(wix, "GET /");
  await Promise.all([wix.close(), waiting]);
});

Deno.test("failNext() refuses a target that does not exist", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { controls } = wix;
  assertThrows(() => controls.failNext("refresh"), TypeError, "refresh");
  assertThrows(() => controls.failNext("GET /nothing"), TypeError);
});

Deno.test("accessTokenSeconds sets the lifetime of later tokens", async () => {
  await using wix = await startLocalWix({ port: 0, accessTokenSeconds: 90 });
  assertEquals(at((await token(wix, ANONYMOUS)).body, "expires_in"), 90);
  wix.controls.accessTokenSeconds = 5;
  assertEquals(at((await token(wix, ANONYMOUS)).body, "expires_in"), 5);
  wix.controls.reset();
  assertEquals(wix.controls.accessTokenSeconds, 90);
  assertThrows(() => wix.controls.accessTokenSeconds = -1, RangeError);
});

Deno.test("reset() brings back the seed and forgets counts and faults", async () => {
  await using rig = await SdkRig.start();
  const { wix } = rig;
  const client = await rig.member();
  const id = "00000001-0000-4000-8000-000000000001";
  await client.members.updateMember(id, { profile: { nickname: "Annie" } });
  wix.controls.failNext("GET /members/v1/members/my");
  wix.controls.reset();
  assertEquals(wix.controls.counters.grants.anonymous, 0);
  const { member } = await client.members.getCurrentMember();
  assertEquals(member?.profile?.nickname, "Ann");
});

Deno.test("/_local works the same controls over HTTP", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access: authorization, refresh: old } = await memberTokens(wix);
  const my = async () =>
    (await get(wix, "/members/v1/members/my", { authorization })).status;

  const target = "GET /members/v1/members/my";
  await post(wix, "/_local/fail", { target, status: 418, body: "tea" });
  const tea = await fetch(`${wix.origin}/members/v1/members/my`);
  assertEquals([tea.status, await tea.text()], [418, "tea"]);

  await post(wix, "/_local/expire", { accessTokenSeconds: 3 });
  assertEquals(await my(), 401);
  assertEquals(at((await refresh(wix, old)).body, "expires_in"), 3);

  await post(wix, "/_local/revoke");
  assertEquals((await refresh(wix, old)).status, 400);

  const { body } = await get(wix, "/_local/counters");
  assertEquals(at(body, "grants.refresh_token"), 2);

  await post(wix, "/_local/reset");
  assertEquals(wix.controls.counters.grants.refresh_token, 0);
  assertEquals(await my(), 200);
});

Deno.test("/_local says what is wrong with a request", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const unknown = await post(wix, "/_local/fail", { target: "GET /x" });
  assertEquals(unknown.status, 400);
  assertMatch(String(at(unknown.body, "message")), /GET \/x is no grant/);
  for (
    const [path, body, reason] of [
      ["expire", { accessTokenSeconds: "soon" }, /accessTokenSeconds/],
      ["clock", {}, /neither advanceSeconds nor an ISO date as now/],
      ["clock", { now: "soon" }, /Cannot set the clock/],
      ["revoke", { memberId: "ann" }, /no member has the id ann/],
      ["revoke", { memberId: "" }, /no member has the id/],
      ["clear-faults", { target: "GET /x" }, /Cannot clear faults: GET/],
    ] as const
  ) {
    const answer = await post(wix, `/_local/${path}`, body);
    assertEquals(answer.status, 400);
    assertMatch(String(at(answer.body, "message")), reason);
  }
});

Deno.test("/_local/expire with a wrong lifetime ends no token", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access: authorization } = await memberTokens(wix);
  await post(wix, "/_local/expire", { accessTokenSeconds: -1 });
  const my = await get(wix, "/members/v1/members/my", { authorization });
  assertEquals(my.status, 200);
});

Deno.test("/_local takes JSON that curl -d calls a form", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const answer = await fetch(`${wix.origin}/_local/settings`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: '{"rotation": "strict"}',
  });
  assertEquals([answer.status, await answer.json()], [200, {}]);
  assertEquals(wix.controls.rotation, "strict");
});

Deno.test("/_local does not answer web pages of other origins", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const own = { origin: wix.origin };
  const other = { origin: "https://evil.example" };
  assertEquals((await post(wix, "/_local/reset", {}, own)).status, 200);
  assertEquals((await post(wix, "/_local/reset", {}, other)).status, 403);
});
