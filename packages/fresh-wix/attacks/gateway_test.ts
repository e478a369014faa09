import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";
import { type Fault, SITE } from "@/packages/local-wix/src/mod.ts";
import type { WireResponse } from "@/tests/helpers/wire.ts";
import { list, onWorkerd, tryEach, tryGenerated } from "./helpers/attack.ts";
import {
  type AttackRequest,
  testsOfApp,
  type WixCall,
} from "./helpers/attacked_app.ts";
import { sessionOf } from "./helpers/sealed_cookies.ts";
import * as slow from "./helpers/slow_request.ts";

const test = testsOfApp();

const QUERY = "/members/v1/members/query";
/** All that may reach Wix, written from what the islands do. */
const LISTED = `POST ${QUERY}`;
const BODY = '{"query":{}}';
const LIMIT = 256 * 1024;
const OWN = ["Sec-Fetch-Site: same-origin", "X-Wix-Gateway: 1"];
const JSON_TYPE = "Content-Type: application/json";
const CHUNKED = "Transfer-Encoding: chunked";

/** Of 64 KB: workerd takes it. */
const LONG_LINE = `X-Any: ${"x".repeat(65_536)}`;

/** A request as an island sends it, with other lines, body and path. */
function query(
  { lines = [JSON_TYPE], body = BODY, path = QUERY, method = "POST" } = {},
): AttackRequest {
  const headers = [...OWN, ...lines];
  return { method, target: `/api/wix${path}`, headers, body };
}

const isQuery = ({ path }: WixCall) => path === QUERY;
const withLine = (line: string) => query({ lines: [JSON_TYPE, line] });

/** Header lines of a call to Wix. */
const SENT = new RegExp(
  `^(?:accept: \\*/\\*|accept-encoding: gzip,br|accept-language: \\*
  |content-type: application/json|user-agent: Deno/${Deno.version.deno}
  |(?:authorization|content-length|host): .*)$`.replaceAll(/\n +/g, ""),
);

function assertListed({ method, path, headers }: WixCall, token: string): void {
  assertEquals(`${method} ${path}`, LISTED);
  assertEquals(headers.get("authorization"), token);
  for (const line of headers) assertMatch(line.join(": "), SENT);
}

const PIECES = list(`
  / // ../ ..%2f %2e%2e/ %2f %5c \\ @ : ; ? # % %00 %0d%0a ~ * é %3f %23 ;x=1
  @evil.com //evil.com/ https://evil.com/ .evil.com :@ ?url=https://evil.com/
  /oauth2/token members query my v1 %252e%252e/ ${"a".repeat(300)}`);
const NAMES = list(`
  Authorization Cookie2 Host2 X-Forwarded-Host Forwarded X-Wix-Consistent
  wix-site-id wix-account-id X-Wix-Bi-Gateway X-HTTP-Method-Override Origin
  Sec-Fetch-Site X-Wix-Gateway Content-Type Content-Encoding Accept User-Agent
  Referer Connection TE Range If-None-Match X-Original-URL Via`);
const VALUES = list(`
  1 evil.com https://evil.com null same-origin cross-site application/json gzip
  text/html DELETE Bearer-x ../.. %0d%0aX:y __proto__ ${"x".repeat(2_000)}`);
const METHODS = list("POST POST POST GET PUT PATCH DELETE HEAD OPTIONS");

const oneOf = (all: readonly string[]) => fc.constantFrom(...all);
const TWO = { maxLength: 2 };
/** Right requests of an island with a few things changed. */
const FUZZED = fc.record({
  edits: fc.array(fc.tuple(fc.nat(30), fc.nat(8), oneOf(PIECES)), TWO),
  method: oneOf(METHODS),
  lines: fc.array(fc.tuple(oneOf(NAMES), oneOf(VALUES)), TWO),
}).map(({ edits, method, lines }) => {
  let path = QUERY;
  for (const [at, cut, piece] of edits) {
    path = path.slice(0, at) + piece + path.slice(at + (cut < 5 ? 0 : cut));
  }
  // On a request line these would be its end.
  path = path.replaceAll(/[\s#]/g, "");
  const more = lines.map((line) => line.join(": "));
  return query({ method, path, lines: [JSON_TYPE, ...more] });
});

test("G9 P1–P17: fuzzed requests only send listed calls to Wix, with our headers only", async (attacked) => {
  const jar = await attacked.member();
  const { tokens } = await sessionOf(jar);
  const before = attacked.calls.length;
  const send = (request: AttackRequest) => attacked.send({ ...request, jar });
  await tryGenerated(10_000, FUZZED, send);
  const calls = attacked.calls.slice(before);
  for (const call of calls) assertListed(call, tokens.accessToken);
  assert(calls.length > 100, `${calls.length} went through`);
});

const chunk = (text: string) =>
  `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;

// deno-fmt-ignore -- a table
const REFUSED: readonly (readonly [name: string, request: AttackRequest, ...statuses: number[]])[] = [
  ...list(`
    P1 /../../etc | P1 /%2e%2e/x | P1 /%252e%252e/x | P2 //evil.com/x | P2 //evil.com${QUERY}
    | P1 /members/v1/members/%2e%2e/%2e%2e/%2e%2e/oauth2/token | P4 /https://evil.com/
    | P4 /?url=https://evil.com/ | P5 /@evil.com | P5 /.evil.com | P5 /:@ | P5 @evil.com/members
    | P5 .evil.com/members | P6 ${QUERY}%3fx | P6 ${QUERY}%23x | P6 ${QUERY};x=1 | P6 ${QUERY}/
    | P10 /oauth2/token | P10 /oauth2/token-info | P10 /members/v1/members/my
    | P10 /_api/redirects-api/v1/redirect-session | P11 /badges/v4/badges/query
    | P29 /graphql/alpha | P29 /_api/batch`)
    .map((row) => [row, query({ path: list(row)[1] ?? "" }), 400, 404] as const),
  ...list(`text/plain | multipart/form-data; boundary=x | application/json; charset=x
    | application/x-www-form-urlencoded | application/xml | application/octet-stream`)
    .map((type) => [`X14 P22 ${type}`, query({ lines: [`Content-Type: ${type}`] }), 415] as const),
  ["X14 no type", query({ lines: [] }), 415],
  ["X15 no header of ours", { ...query(), headers: [JSON_TYPE, "Sec-Fetch-Site: same-origin"] }, 403],
  ["X16 an override", query({ method: "PUT", lines: [JSON_TYPE, "X-HTTP-Method-Override: POST"] }), 405],
  ["P9 DELETE", query({ method: "DELETE" }), 405],
  ["P9 GET", { target: `/api/wix${QUERY}`, headers: OWN }, 405],
  ...onWorkerd([], [["P17 64 KB", withLine(LONG_LINE), 400, 431]] as const),
  ["P18 a byte more", query({ body: " ".repeat(LIMIT + 1) }), 413],
  ["P18 chunked", query({ body: chunk(" ".repeat(LIMIT + 1)), lines: [JSON_TYPE, CHUNKED] }), 413],
  ["P18 a great length", withLine("Content-Length: 99999999999"), 413],
  ["P20 gzip", withLine("Content-Encoding: gzip"), 415],
  ["P20 br", withLine("Content-Encoding: br"), 415],
];

test("G9 P1–P29 X14–X16: calls that are not listed are refused and make no call to Wix", async (attacked) => {
  const jar = await attacked.member();
  const unechoed = ["evil.com"];
  await tryEach(REFUSED, async ([, request, ...statuses]) => {
    const all = { ...request, jar, unechoed };
    const { status, headers } = await attacked.sendInVain(all, ...statuses);
    assert(status !== 405 || headers.has("allow"), "no Allow");
  });
});

test("G9 P11–P18 P21: a listed call forwards no browser headers, and is never elevated", async (attacked) => {
  const jar = await attacked.member();
  const { tokens } = await sessionOf(jar);
  const lines = list(
    `P14 Authorization: Bearer x|P14 wix-site-id: x|P14 wix-account-id: x|
    P14 X-Wix-Consistent: x|P14 X-Wix-Bi-Gateway: environment=evil|P14 Via: evil|
    P14 X-Forwarded-Host: evil.com|P16 Upgrade: websocket|P16 Trailer: X-Any|
    P16 Expect: 100-continue|P17 X-Any: 漢字|P11 X-Wix-Elevated: true`,
  );
  const deep = `{"query":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`;
  const twice = '{"query":{},"query":{},"__proto__":{"x":1}}';
  const rows: [name: string, request: AttackRequest][] = [
    ...lines.map((line): typeof rows[0] => [line, withLine(line.slice(4))]),
    ...onWorkerd<[string, AttackRequest][]>(
      [["P17 64 KB", withLine(LONG_LINE)]],
      [],
    ),
    ["P16 chunks", query({ body: chunk(BODY), lines: [JSON_TYPE, CHUNKED] })],
    ["P18 as large as may be", query({ body: BODY.padEnd(LIMIT) })],
    ["P21 keys twice", query({ body: twice })],
    ["P21 10,000 levels", { ...query({ body: deep }), may: [500, 502] }],
  ];
  await tryEach(rows, async ([name, request]) => {
    const calls = attacked.calls.length;
    // P12: elevated calls at the same moment.
    const [{ status, body }] = await Promise.all([
      attacked.send({ ...request, jar }),
      attacked.send({ target: "/api/test/elevated" }),
    ]);
    // Expect: 100-continue gets a 100 before the response.
    const mayFail = /P17|10,000/.test(name);
    assert(mayFail || [100, 200].includes(status), `status ${status}`);
    const secrets = [SITE.clientSecret, SITE.instanceId];
    assert(!secrets.some((secret) => body.includes(secret)), "P13 a secret");
    const made = attacked.calls.slice(calls).filter(isQuery);
    assert(made.length === 1 || status !== 200, `${made.length} calls`);
    for (const call of made) assertListed(call, tokens.accessToken);
  });
});

test("G9 P8 P24 P28 U4 U12: the browser always gets JSON with a status", async (attacked) => {
  const location = "https://evil.example/";
  const ours = `${attacked.origin}/`;
  // deno-fmt-ignore -- a table
  const faults: [name: string, fault: Fault, status: number][] = [
    ["P8", { kind: "redirect", location }, 502],
    ["P8 to us", { kind: "redirect", location: ours }, 502],
    ["P8 307", { kind: "redirect", location, status: 307 }, 502],
    ["P24 a page", { kind: "html" }, 502],
    ["P24 cut JSON", { kind: "badJson" }, 502],
    ["P24 nothing", { kind: "empty" }, 502],
    ["P28 endless", { kind: "huge" }, 502],
    ["P28 a bomb", { kind: "gzipBomb" }, 502],
    ["U4 cut", { kind: "truncated" }, 503],
    ["U12 a page", { kind: "html", status: 503 }, 503],
  ];
  const jar = await attacked.member();
  await tryEach(faults, async ([, fault, status]) => {
    attacked.wix.controls.failNext(LISTED, fault);
    assertJson(await attacked.send({ ...query(), jar, may: [status] }), status);
    attacked.wix.controls.clearFaults();
  });
});

function assertJson({ status, headers, body }: WireResponse, expected: number) {
  assertEquals(status, expected);
  const type = headers.get("content-type") ?? "none";
  assert(/^application\/(?:problem\+)?json$/.test(type), type);
  assertEquals(headers.get("x-content-type-options"), "nosniff");
  assert(!body.includes("<"), "markup");
}

test("G9 P25: a 401 from Wix causes one refresh and one retry, and no redirect", async (attacked) => {
  const jar = await attacked.member();
  const { controls } = attacked.wix;
  const tokenCalls = attacked.tokenCalls;
  controls.expireAccessTokens();
  assertJson(await attacked.send({ ...query(), jar }), 200);
  assertEquals(attacked.tokenCalls, tokenCalls + 1);
  const calls = attacked.calls.length;
  controls.failNext(LISTED, { status: 401, body: {}, times: "always" });
  assertJson(await attacked.send({ ...query(), jar }), 401);
  controls.clearFaults();
  assertEquals(attacked.calls.length, calls + 3);
});

test("G9 P26: when a browser disconnects, its call to Wix is cancelled or not made", async (attacked) => {
  const { origin, calls } = attacked;
  const { target, headers = [] } = query();
  const begin = (length: number) =>
    slow.send(origin, [
      `POST ${target} HTTP/1.1`,
      `Host: ${new URL(origin).host}`,
      ...[...headers, `Content-Length: ${length}`, "", BODY],
    ]);
  attacked.wix.controls.failNext(LISTED, { hang: true });
  const before = calls.length;
  using leaving = await begin(BODY.length);
  while (!calls.slice(before).some(isQuery)) {
    await attacked.send({ target: "/healthz" });
  }
  const { signal } = calls.findLast(isQuery) ?? {};
  const aborted = new Promise((go) => signal?.addEventListener("abort", go));
  leaving[Symbol.dispose]();
  await aborted;

  const made = calls.length;
  (await begin(100))[Symbol.dispose]();
  assertEquals((await attacked.send({ target: "/healthz" })).status, 200);
  assertEquals(calls.length, made);
  const log = attacked.app.output();
  // Only there the call goes on until its deadline.
  const failed = onWorkerd(/Error|[Uu]ncaught/, /Error|[Uu]ncaught|^504 /m);
  assert(!failed.test(log), "an error in the log");
});
