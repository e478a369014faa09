import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { assertFault } from "../src/faults/fault.ts";
import { type Fault, type LocalWix, startLocalWix } from "../src/mod.ts";
import {
  at,
  codeGrant,
  get,
  memberTokens,
  post,
  rawAnswer,
  refresh,
  token,
  visitorTokens,
} from "./helpers/http.ts";

const ANONYMOUS = { grantType: "anonymous" };
const MEBIBYTE = 1024 * 1024;
const RAW_GET = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";

/** Starts local Wix and lets the next request for `/` meet `fault`. */
async function startWith(fault: Fault): Promise<LocalWix> {
  const wix = await startLocalWix({ port: 0 });
  wix.controls.failNext("GET /", fault);
  return wix;
}

/** The status of `/`, which is 200 when no fault waits. */
async function rootStatus(wix: LocalWix): Promise<number> {
  const response = await fetch(wix.origin, { redirect: "manual" });
  await response.body?.cancel();
  return response.status;
}

Deno.test("[assumed] an answer has Wix's error format, with a code below 500", async () => {
  await using wix = await startLocalWix({ port: 0 });
  for (
    const [status, code] of [
      [401, "UNAUTHENTICATED"],
      [403, "PERMISSION_DENIED"],
      [429, "RESOURCE_EXHAUSTED"],
      [500, undefined],
      [503, undefined],
    ] as const
  ) {
    wix.controls.failNext("anonymous", { status });
    const answer = await token(wix, ANONYMOUS);
    assertEquals(answer.status, status);
    assertEquals(typeof at(answer.body, "message"), "string");
    assertEquals(at(answer.body, "details.applicationError.code"), code);
  }
});

Deno.test("delay gives the right answer, delayMs late", async () => {
  await using wix = await startLocalWix({ port: 0 });
  wix.controls.failNext("anonymous", { kind: "delay", delayMs: 60 });
  const start = performance.now();
  const { status, body } = await token(wix, ANONYMOUS);
  assert(performance.now() - start >= 59);
  assertEquals([status, at(body, "expires_in")], [200, 14_400]);
});

Deno.test("delayMs makes any other fault late", async () => {
  await using wix = await startWith({ status: 503, delayMs: 60 });
  const start = performance.now();
  assertEquals(await rootStatus(wix), 503);
  assert(performance.now() - start >= 59);
});

Deno.test("delay refuses whom the route refuses", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const target = "GET /members/v1/members/my";
  wix.controls.failNext(target, { kind: "delay", delayMs: 1 });
  assertEquals((await get(wix, "/members/v1/members/my")).status, 401);
});

Deno.test("reset closes the connection before any byte", async () => {
  await using wix = await startWith({ kind: "reset" });
  assertEquals(await rawAnswer(wix, RAW_GET), "");
});

Deno.test("reset rejects fetch() once, also where connections are reused", async () => {
  await using wix = await startLocalWix({ port: 0 });
  await token(wix, ANONYMOUS);
  await Promise.all([token(wix, ANONYMOUS), token(wix, ANONYMOUS)]);
  wix.controls.failNext("anonymous", { kind: "reset" });
  const { refresh: refreshToken } = await rejectsOnce(wix);
  assertEquals((await refresh(wix, refreshToken)).status, 200);
});

Deno.test("reset asked for over HTTP rejects fetch() once as well", async () => {
  await using wix = await startLocalWix({ port: 0 });
  await token(wix, ANONYMOUS);
  await post(wix, "/_local/fail", { target: "anonymous", kind: "reset" });
  await get(wix, "/_local/counters");
  await rejectsOnce(wix);
});

/** The next anonymous grant rejects after one request, the one after works. */
async function rejectsOnce(wix: LocalWix) {
  const before = wix.controls.counters.grants.anonymous;
  await assertRejects(() => token(wix, ANONYMOUS), TypeError);
  assertEquals(wix.controls.counters.grants.anonymous, before + 1);
  return await visitorTokens(wix);
}

Deno.test("truncated breaks the body off before its content-length", async () => {
  await using wix = await startWith({ kind: "truncated" });
  const [head = "", body = ""] = (await rawAnswer(wix, RAW_GET))
    .split("\r\n\r\n");
  const length = Number(/^content-length: (\d+)\r?$/im.exec(head)?.[1]);
  assertMatch(head, /^HTTP\/1.1 200 /);
  assert(body.length > 0 && body.length < length, `${body.length}/${length}`);
});

Deno.test("truncated answers a status, then rejects the reader", async () => {
  await using wix = await startWith({ kind: "truncated" });
  const response = await fetch(wix.origin);
  assertEquals(response.status, 200);
  await assertRejects(() => response.text(), TypeError);
});

Deno.test("trickle starts at once and takes trickleMs to finish", async () => {
  await using wix = await startWith({ kind: "trickle", trickleMs: 1_000 });
  const start = performance.now();
  const response = await fetch(wix.origin);
  const started = performance.now() - start;
  assertEquals(await response.json(), {});
  const finished = performance.now() - start;
  assert(finished >= 999, `finished after ${finished}`);
  assert(started < finished / 2, `started after ${started} of ${finished}`);
});

Deno.test("huge sends as many mebibytes as asked for, as JSON", async () => {
  await using wix = await startWith({ kind: "huge", mebibytes: 3 });
  const { message } = await (await fetch(wix.origin)).json();
  assertEquals(message.length, 3 * MEBIBYTE);
});

Deno.test("huge without a size never ends", async () => {
  await using wix = await startWith({ kind: "huge" });
  const response = await fetch(wix.origin);
  let read = 0;
  for await (const chunk of response.body ?? []) {
    read += chunk.length;
    if (read > 20 * MEBIBYTE) break;
  }
  assert(read > 20 * MEBIBYTE);
});

Deno.test("gzipBomb is small on the wire and inflates to over 50 MiB", async () => {
  await using wix = await startWith({ kind: "gzipBomb", times: 2 });
  const request = RAW_GET.replace("\r\n", "\r\nconnection: close\r\n");
  assert((await rawAnswer(wix, request)).length < MEBIBYTE / 2);
  const inflated = await (await fetch(wix.origin)).bytes();
  assert(inflated.length > 50 * MEBIBYTE);
});

Deno.test("html answers a web page with 200 or another status", async () => {
  await using wix = await startWith({ kind: "html" });
  wix.controls.failNext("GET /", { kind: "html", status: 503 });
  for (const status of [200, 503]) {
    const response = await fetch(wix.origin);
    assertEquals(response.status, status);
    assertMatch(response.headers.get("content-type") ?? "", /^text\/html/);
    assertMatch(await response.text(), /^<!doctype html>.*Injected/);
  }
});

Deno.test("badJson answers 200 with JSON that stops halfway", async () => {
  await using wix = await startWith({ kind: "badJson" });
  const response = await fetch(wix.origin);
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("content-type"), "application/json");
  await assertRejects(() => response.json(), SyntaxError);
});

Deno.test("empty answers 200 without a body", async () => {
  await using wix = await startWith({ kind: "empty" });
  const response = await fetch(wix.origin);
  assertEquals([response.status, await response.text()], [200, ""]);
});

Deno.test("redirect sends the client elsewhere", async () => {
  const location = "https://elsewhere.example/x";
  await using wix = await startWith({ kind: "redirect", location });
  wix.controls.failNext("GET /", { kind: "redirect", location, status: 307 });
  for (const status of [302, 307]) {
    const response = await fetch(wix.origin, { redirect: "manual" });
    await response.body?.cancel();
    assertEquals(response.headers.get("location"), location);
    assertEquals(response.status, status);
  }
});

Deno.test("a fault without content answers statuses that allow none", async () => {
  await using wix = await startWith({ status: 204 });
  assertEquals(await rootStatus(wix), 204);
});

Deno.test('times "always" lasts until clearFaults()', async () => {
  await using wix = await startWith({ status: 503, times: "always" });
  const statuses = [];
  for (let i = 0; i < 5; i++) statuses.push(await rootStatus(wix));
  assertEquals(statuses, [503, 503, 503, 503, 503]);
  wix.controls.clearFaults();
  assertEquals(await rootStatus(wix), 200);
});

Deno.test("a fault with a number of times goes before one that lasts", async () => {
  await using wix = await startWith({ status: 503, times: "always" });
  wix.controls.failNext("GET /", { status: 429, times: 2 });
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push(await rootStatus(wix));
  assertEquals(statuses, [429, 429, 503, 503]);
});

Deno.test("the latest fault that lasts counts", async () => {
  await using wix = await startWith({ status: 503, times: "always" });
  wix.controls.failNext("GET /", { status: 502, times: "always" });
  assertEquals(await rootStatus(wix), 502);
});

Deno.test("clearFaults(target) leaves other targets alone", async () => {
  await using wix = await startWith({ status: 503, times: 3 });
  wix.controls.failNext("anonymous", { status: 503, times: "always" });
  wix.controls.clearFaults("GET /");
  assertEquals(await rootStatus(wix), 200);
  assertEquals((await token(wix, ANONYMOUS)).status, 503);
  assertThrows(() => wix.controls.clearFaults("GET /x"), TypeError, "GET /x");
});

Deno.test("reset() clears faults that last", async () => {
  await using wix = await startWith({ kind: "html", times: "always" });
  wix.controls.reset();
  assertMatch(await (await fetch(wix.origin)).text(), /Local Wix is running/);
});

Deno.test("faults of a grant leave the other grants alone", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { refresh: refreshToken } = await visitorTokens(wix);
  wix.controls.failNext("refresh_token", { kind: "reset", times: "always" });
  assertEquals((await token(wix, ANONYMOUS)).status, 200);
  await assertRejects(() => refresh(wix, refreshToken), TypeError);
});

Deno.test("a request that fails takes no effect", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const grant = await codeGrant(wix);
  wix.controls.failNext("authorization_code", { kind: "reset" });
  await assertRejects(() => token(wix, grant), TypeError);
  assertEquals((await token(wix, grant)).status, 200);
});

Deno.test("processed lets the request take effect and loses the answer", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const grant = await codeGrant(wix);
  const fault = { kind: "reset", processed: true } as const;
  wix.controls.failNext("authorization_code", fault);
  await assertRejects(() => token(wix, grant), TypeError);
  const { status, body } = await token(wix, grant);
  assertEquals([status, at(body, "error")], [400, "invalid_grant"]);
});

Deno.test("fields replaces values of a token answer and keeps the others", async () => {
  await using wix = await startLocalWix({ port: 0 });
  for (const expires_in of [0, -1, "abc", 1e12, null, 0.5]) {
    const fault = { kind: "fields", fields: { expires_in } } as const;
    wix.controls.failNext("authorization_code", fault);
    const { status, body } = await token(wix, await codeGrant(wix));
    assertEquals([status, at(body, "expires_in")], [200, expires_in]);
    const authorization = String(at(body, "access_token"));
    const my = await get(wix, "/members/v1/members/my", { authorization });
    assertEquals(my.status, 200);
  }
});

Deno.test("fields can put any JSON where the access token is", async () => {
  await using wix = await startLocalWix({ port: 0 });
  for (const access_token of [7, "", "x".repeat(MEBIBYTE), null, {}, []]) {
    const fault = { kind: "fields", fields: { access_token } } as const;
    wix.controls.failNext("anonymous", fault);
    const { body } = await token(wix, ANONYMOUS);
    assertEquals(at(body, "access_token"), access_token);
    assertMatch(String(at(body, "refresh_token")), /^JWS\./);
  }
});

Deno.test("fields leaves out what omit names", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { refresh: refreshToken } = await memberTokens(wix);
  const omit = ["refresh_token", "expires_in"];
  wix.controls.failNext("refresh_token", { kind: "fields", omit });
  const { status, headers, body } = await refresh(wix, refreshToken);
  assertEquals(Object.keys(Object(body)), ["access_token", "token_type"]);
  assertEquals([status, headers.get("cache-control")], [200, "no-store"]);
});

Deno.test("fields leaves a refusal a refusal and a page a page", async () => {
  await using wix = await startWith({ kind: "fields", fields: { a: 1 } });
  assertMatch(await (await fetch(wix.origin)).text(), /Local Wix is running/);
  wix.controls.failNext("refresh_token", { kind: "fields", fields: { a: 1 } });
  const { status, body } = await refresh(wix, "junk");
  assertEquals([status, at(body, "error")], [400, "invalid_grant"]);
  assertEquals(at(body, "a"), 1);
});

Deno.test("body with a content type can be JSON that JSON cannot say", async () => {
  await using wix = await startLocalWix({ port: 0 });
  wix.controls.failNext("anonymous", {
    status: 200,
    headers: { "content-type": "application/json" },
    body: '{"access_token":"a","refresh_token":"b","expires_in":NaN}',
  });
  await assertRejects(() => token(wix, ANONYMOUS), SyntaxError);
});

Deno.test("/_local/fail takes every kind of fault", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const fail = (fault: object) =>
    post(wix, "/_local/fail", { target: "GET /", ...fault });
  const faults: readonly [object, number][] = [
    [{}, 500],
    [{ status: 429, headers: { "retry-after": 7 }, body: { a: 1 } }, 429],
    [{ kind: "delay", delayMs: 1 }, 200],
    [{ kind: "fields", fields: { a: 1 }, omit: ["b"] }, 200],
    [{ kind: "truncated" }, 200],
    [{ kind: "trickle", trickleMs: 1 }, 200],
    [{ kind: "huge", mebibytes: 1 }, 200],
    [{ kind: "gzipBomb", mebibytes: 1 }, 200],
    [{ kind: "html", status: 503 }, 503],
    [{ kind: "badJson" }, 200],
    [{ kind: "empty", processed: true }, 200],
    [{ kind: "redirect", location: "/x" }, 302],
  ];
  for (const [fault, status] of faults) {
    assertEquals((await fail(fault)).status, 200);
    assertEquals(await rootStatus(wix), status, JSON.stringify(fault));
  }
});

Deno.test("/_local/clear-faults ends faults that last, all or one target's", async () => {
  await using wix = await startWith({ status: 503, times: "always" });
  await post(wix, "/_local/fail", { target: "anonymous", times: "always" });
  await post(wix, "/_local/clear-faults", { target: "GET /" });
  assertEquals(await rootStatus(wix), 200);
  assertEquals((await token(wix, ANONYMOUS)).status, 500);
  await post(wix, "/_local/clear-faults");
  assertEquals((await token(wix, ANONYMOUS)).status, 200);
  const unknown = await post(wix, "/_local/clear-faults", { target: "GET /x" });
  assertEquals(unknown.status, 400);
});

Deno.test("assertFault() and /_local/fail name what is wrong with a fault", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const mistakes: readonly [object, RegExp][] = [
    [{ kind: "Reset" }, /no kind Reset/],
    [{ kind: "toString" }, /no kind toString/],
    [{ kind: "delay" }, /delayMs of delay/],
    [{ kind: "trickle" }, /trickleMs of trickle/],
    [{ kind: "redirect" }, /location of redirect/],
    [{ kind: "reset", status: 500 }, /reset has no status/],
    [{ time: 2 }, /answer has no time/],
    [{ times: 0 }, /times of answer is 0/],
    [{ times: "twice" }, /times of answer is "twice"/],
    [{ status: 99 }, /status of answer is 99/],
    [{ status: "500" }, /status of answer/],
    [{ kind: "fields", omit: "expires_in" }, /omit of fields/],
    [{ kind: "huge", mebibytes: -1 }, /mebibytes of huge/],
  ];
  for (const [fault, message] of mistakes) {
    const { message: thrown } = assertThrows(
      () => assertFault(fault),
      TypeError,
    );
    assertMatch(thrown, message);
    const sent = { target: "GET /", ...fault };
    const { status, body } = await post(wix, "/_local/fail", sent);
    assertEquals(status, 400);
    assertMatch(String(at(body, "message")), message);
  }
  assertEquals(await rootStatus(wix), 200);
});
