import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertThrows,
} from "@std/assert";
import type { Fault, LocalWix } from "../src/mod.ts";
import {
  at,
  codeGrant,
  post,
  rawResponse,
  textAt,
  token,
  visitorTokens,
} from "./helpers/http.ts";
import { test } from "./helpers/site.ts";

const ANONYMOUS = { grantType: "anonymous" };
const MEBIBYTE = 1024 * 1024;
const RAW_GET = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";

/** The status of `/`, which is 200 without a fault. */
async function rootStatus(wix: LocalWix): Promise<number> {
  const response = await fetch(wix.origin, { redirect: "manual" });
  await response.body?.cancel();
  return response.status;
}

test("[assumed] a synthetic response has Wix's error format, with a code below 500", async (wix) => {
  for (const [status, code] of [[429, "RESOURCE_EXHAUSTED"], [503]] as const) {
    const headers = { "retry-after": "7" };
    wix.controls.failNext("anonymous", { status, headers });
    const reply = await token(wix, ANONYMOUS);
    assertEquals(reply.status, status);
    assertEquals(reply.headers.get("retry-after"), "7");
    assertEquals(typeof at(reply.body, "message"), "string");
    assertEquals(at(reply.body, "details.applicationError.code"), code);
  }
});

test("reset closes the connection before any byte, and rejects fetch() once, even on reused connections", async (wix) => {
  wix.controls.failNext("GET /", { kind: "reset" });
  assertEquals(await rawResponse(wix, RAW_GET), "");
  await Promise.all([token(wix, ANONYMOUS), token(wix, ANONYMOUS)]);
  await post(wix, "/_local/fail", { target: "anonymous", kind: "reset" });
  const before = wix.controls.counters.grants.anonymous;
  await assertRejects(() => token(wix, ANONYMOUS), TypeError);
  assertEquals(wix.controls.counters.grants.anonymous, before + 1);
  await visitorTokens(wix);
});

test("truncated breaks the body off before its content-length", async (wix) => {
  wix.controls.failNext("GET /", { kind: "truncated", times: 2 });
  const [head = "", body = ""] = (await rawResponse(wix, RAW_GET))
    .split("\r\n\r\n");
  const length = Number(/^content-length: (\d+)\r?$/im.exec(head)?.[1]);
  assertMatch(head, /^HTTP\/1.1 200 /);
  assert(body.length > 0 && body.length < length, `${body.length}/${length}`);
  const response = await fetch(wix.origin);
  await assertRejects(() => response.text(), TypeError);
});

test("gzipBomb is small on the wire and decompresses to over 50 MiB", async (wix) => {
  wix.controls.failNext("GET /", { kind: "gzipBomb", times: 2 });
  const request = RAW_GET.replace("\r\n", "\r\nconnection: close\r\n");
  assert((await rawResponse(wix, request)).length < MEBIBYTE / 2);
  const inflated = await (await fetch(wix.origin)).bytes();
  assert(inflated.length > 50 * MEBIBYTE);
});

const location = "https://elsewhere.example/x";
const HTML = "text/html; charset=utf-8";
const page = /^<!doctype html>.*Injected/;
const NO_JSON = [
  [{ kind: "html", status: 503 }, 503, HTML, page],
  [{ status: 200, body: "<b>" }, 200, HTML, /^<b>$/],
  [{ kind: "badJson" }, 200, "application/json", /^\{"access/],
  [{ kind: "empty" }, 200, null, /^$/],
  [{ status: 204 }, 204, "application/json", /^$/],
  [{ kind: "redirect", location, status: 307 }, 307, null, /^$/],
] as const satisfies [Fault, ...unknown[]][];

test("html, badJson, empty and redirect are not JSON", async (wix) => {
  for (const [fault, status, type, text] of NO_JSON) {
    wix.controls.failNext("GET /", fault);
    const response = await fetch(wix.origin, { redirect: "manual" });
    const row = JSON.stringify(fault);
    assertEquals(response.status, status, row);
    assertEquals(response.headers.get("content-type"), type, row);
    assertMatch(await response.text(), text, row);
    const to = response.headers.get("location");
    assertEquals(to, status > 300 && status < 400 ? location : null, row);
  }
});

test('counted faults go first, in order; "always" lasts until cleared', async (wix) => {
  const { controls } = wix;
  controls.failNext("GET /", { status: 503, times: "always" });
  controls.failNext("GET /", { status: 429, times: 2 });
  controls.failNext("GET /", { status: 502, body: { a: 1 } });
  for (const status of [429, 429, 502, 503, 503]) {
    assertEquals(await rootStatus(wix), status);
  }
  controls.failNext("anonymous", { status: 503, times: "always" });
  controls.clearFaults("GET /");
  assertEquals(await rootStatus(wix), 200);
  assertEquals((await token(wix, ANONYMOUS)).status, 503);
  await post(wix, "/_local/clear-faults");
  assertEquals((await token(wix, ANONYMOUS)).status, 200);
  for (const target of ["refresh", "GET /nothing"]) {
    assertThrows(() => controls.failNext(target), TypeError, target);
    assertThrows(() => controls.clearFaults(target), TypeError, target);
  }
});

test("a failed request has no effect, unless it is processed", async (wix) => {
  for (const [processed, status] of [[false, 200], [true, 400]] as const) {
    const grant = await codeGrant(wix);
    const fault = { kind: "reset", processed } as const;
    wix.controls.failNext("authorization_code", fault);
    await assertRejects(() => token(wix, grant), TypeError);
    assertEquals((await token(wix, grant)).status, status);
  }
});

const VALUES = [
  ...[0, -1, "abc", 1e12, null, 0.5].map((expires_in) => ({ expires_in })),
  ...[7, "", "x".repeat(MEBIBYTE), {}, []].map((a) => ({ access_token: a })),
];

test("fields replaces or omits values of a token response and keeps the others", async (wix) => {
  for (const fields of VALUES) {
    wix.controls.failNext("anonymous", { kind: "fields", fields });
    const { status, body } = await token(wix, ANONYMOUS);
    assertEquals([status, Object(body)], [200, { ...Object(body), ...fields }]);
    assertMatch(textAt(body, "refresh_token"), /^JWS\./);
  }
  wix.controls.failNext("anonymous", { kind: "fields", omit: ["expires_in"] });
  const { body } = await token(wix, ANONYMOUS);
  assertEquals(at(body, "expires_in"), undefined);
  assertMatch(textAt(body, "access_token"), /^OauthNG\./);
});

test("failNext() and /_local/fail name the invalid part of a fault", async (wix) => {
  const mistakes: readonly [object, RegExp][] = [
    [{ kind: "Reset" }, /unknown kind Reset/],
    [{ kind: "delay" }, /delayMs of delay/],
    [{ kind: "redirect" }, /location of redirect/],
    [{ kind: "reset", status: 500 }, /reset has no status/],
    [{ time: 2 }, /response has no time/],
    [{ times: "twice" }, /times of response is "twice"/],
    [{ status: 99 }, /status of response is 99/],
    [{ kind: "fields", omit: "expires_in" }, /omit of fields/],
    [{ kind: "huge", mebibytes: -1 }, /mebibytes of huge/],
  ];
  for (const [fault, message] of mistakes) {
    const fail = () => wix.controls.failNext("GET /", fault as Fault);
    assertMatch(assertThrows(fail, TypeError).message, message);
    const sent = { target: "GET /", ...fault };
    const { status, body } = await post(wix, "/_local/fail", sent);
    assertEquals(status, 400);
    assertMatch(textAt(body, "message"), message);
  }
  assertEquals(await rootStatus(wix), 200);
});
