import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { CALLS } from "@/lib/gateway_calls.ts";
import { type Fault, SITE } from "@/packages/local-wix/src/mod.ts";
import {
  send,
  type WireRequest,
  type WireResponse,
} from "@/tests/helpers/wire.ts";
import { createGateway } from "../src/gateway/gateway.ts";
import { RequestSession } from "../src/session/request_session.ts";
import { runWithSession } from "../src/wix/request_context.ts";
import { callerFetch } from "../src/wix/sdk_clients.ts";
import { createWixFetch } from "../src/wix/wix_fetch.ts";
import { test, tryEach, tryGenerated } from "./helpers/attack.ts";
import {
  appOfFile,
  type AttackRequest,
  type WixCall,
} from "./helpers/attacked_app.ts";
import { sessionOf } from "./helpers/sealed_cookies.ts";

const SEALING = { secrets: ["the secret that seals cookies of this file"] };
const app = appOfFile({ settings: { SESSION_SECRET: SEALING.secrets.join() } });

const QUERY = "/members/v1/members/query";
/** All that may reach Wix, written from what the islands do. */
const LISTED = `POST ${QUERY}`;
const LIMIT = 256 * 1024;
const OWN = ["Sec-Fetch-Site: same-origin", "X-Wix-Gateway: 1"];
const JSON_TYPE = "Content-Type: application/json";
const CHUNKED = [JSON_TYPE, "Transfer-Encoding: chunked"];

/** A request as an island sends it. */
function query(
  body: string = '{"query":{}}',
  headers: readonly string[] = [JSON_TYPE],
  path = QUERY,
): AttackRequest {
  return {
    method: "POST",
    target: `/api/wix${path}`,
    headers: [...OWN, ...headers],
    body,
  };
}

/** The same as a request that only reads. */
const read = (path: string, ...headers: string[]): AttackRequest => ({
  target: `/api/wix${path}`,
  headers: [...OWN, ...headers],
});

const chunk = (bytes: number) =>
  `${bytes.toString(16)}\r\n${" ".repeat(bytes)}\r\n0\r\n\r\n`;

/** Header lines of a call to Wix; those without a value here vary. */
const SENT: Readonly<Record<string, string>> = {
  accept: "*/*",
  "accept-encoding": "gzip,br",
  "accept-language": "*",
  authorization: "",
  "content-length": "",
  "content-type": "application/json",
  host: "",
  "user-agent": `Deno/${Deno.version.deno}`,
};

function assertListedCall({ method, path, headers }: WixCall): void {
  assertEquals(`${method} ${path}`, LISTED);
  for (const [name, value] of headers) {
    assert(Object.hasOwn(SENT, name), `sent the header ${name}`);
    assert(["", value].includes(SENT[name] ?? ""), `sent ${name}: ${value}`);
  }
  assert(headers.get("authorization")?.startsWith("OauthNG.JWS."));
}

const PIECES = [
  ..."/ // ../ ..%2f %2e%2e/ %2f %5c \\ @ : ; ? # % %00 %0d%0a ~ * é".split(
    " ",
  ),
  ..."@evil.com //evil.com/ https://evil.com/ .evil.com :@ %252e%252e/".split(
    " ",
  ),
  ..."?url=https://evil.com/ %3f %23 ;x=1 /oauth2/token members query my v1"
    .split(" "),
  "a".repeat(300),
];
const NAMES = [
  ..."Authorization Cookie2 Host2 X-Forwarded-Host Forwarded Accept".split(" "),
  ..."X-Wix-Consistent wix-site-id wix-account-id X-Wix-Bi-Gateway".split(" "),
  ..."X-HTTP-Method-Override Origin Sec-Fetch-Site X-Wix-Gateway Via".split(
    " ",
  ),
  ..."Content-Type Content-Encoding User-Agent Referer Connection TE".split(
    " ",
  ),
  ..."Range If-None-Match X-Original-URL".split(" "),
];
const VALUES = [
  ..."1 evil.com https://evil.com null same-origin cross-site gzip".split(" "),
  ..."application/json text/html DELETE Bearer_x ../.. %0d%0aX:y".split(" "),
  ...["", "x".repeat(2_000), "a, b", "__proto__"],
];

/** Right requests of an island with one to three things changed. */
function fuzzed(
  origin: string,
): fc.Arbitrary<WireRequest & { method: string }> {
  const edit = fc.record({
    at: fc.nat(30),
    cut: fc.nat(8),
    piece: fc.constantFrom(...PIECES),
  });
  return fc.record({
    edits: fc.array(edit, { maxLength: 2 }),
    method: fc.constantFrom(
      ..."POST POST POST GET PUT PATCH DELETE HEAD OPTIONS".split(" "),
    ),
    headers: fc.array(
      fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES)).map((
        line,
      ) => line.join(": ")),
      { maxLength: 2 },
    ),
  }).map(({ edits, method, headers }) => {
    const path = edits.reduce(
      (path, { at, cut, piece }) =>
        path.slice(0, at) + piece + path.slice(at + (cut < 5 ? 0 : cut)),
      QUERY,
    );
    // On a request line these would be its end.
    const target = `/api/wix${path}`.replaceAll(/[\s#]/g, "");
    const request = query(undefined, [
      JSON_TYPE,
      `Origin: ${origin}`,
      ...headers,
    ]);
    return { ...request, method, target };
  });
}

test("G9 P1–P17: fuzzed requests send nothing but listed calls to Wix, with our headers alone", async () => {
  const origin = "https://app.example";
  const accessToken = "token-of-the-member";
  const unexpected = () => Promise.reject(new Error("no token is requested"));
  let calls = 0;
  const wixFetch = createWixFetch({
    wixApiOrigin: undefined,
    fetch(input, init) {
      calls++;
      const { origin, pathname } = new URL(String(input));
      assertEquals(
        `${init?.method} ${origin}${pathname}`,
        `POST https://www.wixapis.com${QUERY}`,
      );
      const { authorization, ...rest } = Object.fromEntries(
        new Headers(init?.headers),
      );
      assertEquals(authorization, accessToken);
      assert(
        ["{}", '{"content-type":"application/json"}'].includes(
          JSON.stringify(rest),
        ),
        JSON.stringify(rest),
      );
      return Promise.resolve(Response.json({}));
    },
  });
  const gateway = createGateway({
    calls: CALLS,
    appOrigin: origin,
    developerHints: false,
    send: callerFetch(wixFetch),
  });
  await tryGenerated(
    50_000,
    fuzzed(origin),
    async ({ target, method, headers = [], body = "" }) => {
      const request = requestOf(new URL(target, origin), method, headers, body);
      if (request === undefined) return;
      const session = new RequestSession({
        kind: "member",
        id: "session-1",
        tokens: { accessToken, refreshToken: "r", expiresAt: 2_000_000_000 },
        startedAt: 1,
      }, {
        now: () => 1_800_000_000,
        tokenEndpoint: { anonymous: unexpected, refresh: unexpected },
      });
      const { status } = await runWithSession(
        session,
        () => gateway(request, ({ message }) => assert(false, message)),
      );
      assert(status < 500, `status ${status}`);
    },
  );
  assert(calls > 500, `${calls} went through`);
});

/** `undefined` for what no server would make a request of. */
function requestOf(
  url: URL,
  method: string,
  lines: readonly string[],
  body: string,
): Request | undefined {
  try {
    const headers = lines.map((line): [string, string] => {
      const [name = "", ...value] = line.split(": ");
      return [name, value.join(": ")];
    });
    return new Request(url, {
      method,
      headers,
      ...(!/GET|HEAD/.test(method) && { body }),
    });
  } catch {
    return undefined;
  }
}

test("G9 P1–P17: the same over a socket", async () => {
  const attacked = await app();
  const cookie = `Cookie: ${(await attacked.member()).header()}`;
  const before = attacked.calls.length;
  await tryGenerated(
    1_500,
    fuzzed(attacked.origin),
    async ({ headers = [], ...request }) => {
      const { status } = await send(attacked.origin, {
        ...request,
        headers: [...headers, cookie],
      });
      assert(status > 0 && status < 500, `status ${status}`);
    },
  );
  const calls = attacked.calls.slice(before);
  calls.forEach(assertListedCall);
  assert(calls.length > 15, `${calls.length} went through`);
});

test("G9 P1–P29 X14–X16: what is no listed call of an island is refused and calls no Wix", async () => {
  const attacked = await app();
  const jar = await attacked.member();
  const paths = [
    ..."P1 /../../etc|P1 /%2e%2e/x|P1 /%252e%252e/x|P2 //evil.com/x".split("|"),
    "P1 /members/v1/members/%2e%2e/%2e%2e/%2e%2e/oauth2/token",
    ..."P2 //evil.com/members/v1/members/query|P4 /https://evil.com/".split(
      "|",
    ),
    ..."P4 /?url=https://evil.com/|P5 /@evil.com|P5 /.evil.com|P5 /:@".split(
      "|",
    ),
    ..."P5 @evil.com/members|P5 .evil.com/members|P10 /oauth2/token".split("|"),
    ...["%3fx", "%23x", ";x=1", "/"].map((end) => `P6 ${QUERY}${end}`),
    "P10 /members/v1/members/my",
  ];
  const posts = [
    ..."P10 /oauth2/token|P10 /oauth2/token-info|P29 /graphql/alpha".split("|"),
    ..."P10 /_api/redirects-api/v1/redirect-session|P29 /_api/batch".split("|"),
    "P11 /badges/v4/badges/query",
  ];
  const types = [
    ..."text/plain application/xml application/octet-stream".split(" "),
    ...["multipart/form-data; boundary=x", "application/json; charset=x"],
    "application/x-www-form-urlencoded",
  ];
  const pathOf = (title: string) => title.slice(title.indexOf(" ") + 1);
  const rows: [
    name: string,
    request: AttackRequest,
    statuses: readonly number[],
  ][] = [
    ...paths.map((
      title,
    ): typeof rows[0] => [title, read(pathOf(title)), [400, 404]]),
    ...posts.map((
      title,
    ): typeof rows[0] => [title, query("{}", [JSON_TYPE], pathOf(title)), [
      404,
    ]]),
    ["P9 GET", read(QUERY), [405]],
    ["P9 DELETE", { ...read(QUERY), method: "DELETE" }, [405]],
    ["X16 an override", read(QUERY, "X-HTTP-Method-Override: POST"), [405]],
    ["X15 no header of ours", {
      ...query(),
      headers: [JSON_TYPE, "Sec-Fetch-Site: same-origin"],
    }, [403]],
    ...types.map((
      type,
    ): typeof rows[0] => [
      `X14 P22 ${type}`,
      query("{}", [`Content-Type: ${type}`]),
      [415],
    ]),
    ["X14 no type", query("{}", []), [415]],
    ...["gzip", "br"].map((
      coding,
    ): typeof rows[0] => [
      `P20 ${coding}`,
      query("{}", [JSON_TYPE, `Content-Encoding: ${coding}`]),
      [415],
    ]),
    ["P18 a byte more", query(" ".repeat(LIMIT + 1)), [413]],
    ["P18 chunked", query(chunk(LIMIT + 1), CHUNKED), [413]],
    [
      "P18 a great length",
      query("{}", [JSON_TYPE, "Content-Length: 99999999999"]),
      [413],
    ],
    ["P17 64 KB", query("{}", [JSON_TYPE, `X-Any: ${"x".repeat(65_536)}`]), [
      400,
      431,
    ]],
  ];
  await tryEach(rows, async ([, request, statuses]) => {
    const calls = attacked.calls.length;
    const { status, headers } = await attacked.send({
      ...request,
      jar,
      unechoed: ["evil.com"],
    });
    assert(statuses.includes(status), `status ${status}`);
    assertEquals(attacked.calls.length, calls);
    assert(!headers.has("set-cookie"), "a Set-Cookie line");
    assert(status !== 405 || headers.has("allow"), "no Allow");
  });
});

test("G9 P11–P18 P21: a listed call takes none of the browser's headers along, and is never elevated", async () => {
  const attacked = await app();
  const jar = await attacked.member();
  const { accessToken } = (await sessionOf(jar, SEALING)).tokens;
  const lines = [
    ..."P14 Authorization: Bearer x|P14 wix-site-id: x|P14 wix-account-id: x"
      .split("|"),
    ..."P14 X-Wix-Consistent: x|P14 X-Wix-Bi-Gateway: environment=evil".split(
      "|",
    ),
    ..."P14 X-Forwarded-Host: evil.com|P14 Via: evil|P16 Trailer: X-Any".split(
      "|",
    ),
    ..."P16 Upgrade: websocket|P16 Expect: 100-continue|P17 X-Any: 漢字".split(
      "|",
    ),
    "P11 X-Wix-Elevated: true",
  ];
  const deep = `{"query":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`;
  const rows: [name: string, request: AttackRequest][] = [
    ...lines.map((
      line,
    ): typeof rows[0] => [line, query(undefined, [JSON_TYPE, line.slice(4)])]),
    ["P16 chunked", query('c\r\n{"query":{}}\r\n0\r\n\r\n', CHUNKED)],
    ["P18 as large as may be", query('{"query":{}}'.padEnd(LIMIT))],
    ["P21 keys twice", query('{"query":{},"query":{},"__proto__":{"x":1}}')],
    ["P21 10,000 levels", query(deep)],
  ];
  await tryEach(rows, async ([name, request]) => {
    const calls = attacked.calls.length;
    // P12: elevated calls at the same moment.
    const [{ status, body }] = await Promise.all([
      attacked.send({
        ...request,
        jar,
        may: name.includes("10,000") ? [500, 502] : [],
      }),
      attacked.send({ target: "/api/site-properties" }),
    ]);
    // 100 comes before the response, where it was asked for.
    assert(
      [100, 200].includes(status) || /P17|10,000/.test(name),
      `status ${status}`,
    );
    assert(
      ![SITE.clientSecret, SITE.instanceId].some((secret) =>
        body.includes(secret)
      ),
    );
    const made = attacked.calls.slice(calls).filter(({ path }) =>
      path === QUERY
    );
    assert(made.length === 1 || status !== 200, `${made.length} calls`);
    for (const call of made) {
      assertListedCall(call);
      assertEquals(call.headers.get("authorization"), accessToken);
    }
  });
});

test("G9 P8 P24 P28 U4 U12: whatever Wix says, the browser gets JSON with a status", async () => {
  const attacked = await app();
  const jar = await attacked.member();
  const location = "https://evil.example/";
  const faults: [name: string, fault: Fault, status: number][] = [
    ["P8", { kind: "redirect", location }, 502],
    ["P8 to us", { kind: "redirect", location: `${attacked.origin}/` }, 502],
    ["P8 307", { kind: "redirect", location, status: 307 }, 502],
    ["P24 a page", { kind: "html" }, 502],
    ["P24 cut JSON", { kind: "badJson" }, 502],
    ["P24 nothing", { kind: "empty" }, 502],
    ["P28 endless", { kind: "huge" }, 502],
    ["P28 a bomb", { kind: "gzipBomb" }, 502],
    ["U4 cut", { kind: "truncated" }, 503],
    ["U12 a page", { kind: "html", status: 503 }, 503],
  ];
  await tryEach(faults, async ([, fault, status]) => {
    attacked.wix.controls.failNext(LISTED, fault);
    const response = await attacked.send({ ...query(), jar, may: [status] });
    attacked.wix.controls.clearFaults();
    assertJson(response, status);
  });
});

function assertJson(
  { status, headers, body }: WireResponse,
  expected: number,
): void {
  assertEquals(status, expected);
  const type = headers.get("content-type") ?? "none";
  assert(/^application\/(?:problem\+)?json$/.test(type), type);
  assertEquals(headers.get("x-content-type-options"), "nosniff");
  assert(!body.includes("<"), "markup");
}

test("G9 P25: a 401 of Wix is one refresh and one more try, and no redirect", async () => {
  const attacked = await app();
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

test("G9 P26: a browser that leaves takes its call to Wix along, or makes none", async () => {
  const attacked = await app();
  const { wix, origin } = attacked;
  wix.controls.failNext(LISTED, { hang: true });
  const calls = attacked.calls.length;
  const { method = "", target, body = "" } = query();
  const headers = {
    "sec-fetch-site": "same-origin",
    "x-wix-gateway": "1",
    "content-type": "application/json",
  };
  const leave = new AbortController();
  const left = fetch(origin + target, {
    method,
    headers,
    body,
    signal: leave.signal,
  }).catch(() => {});
  const arrived = () =>
    attacked.calls.slice(calls).find(({ path }) => path === QUERY);
  while (arrived() === undefined) await attacked.send({ target: "/healthz" });
  const { signal } = arrived() as WixCall;
  const aborted = new Promise((go) => signal.addEventListener("abort", go));
  leave.abort();
  await Promise.all([left, aborted]);

  const before = attacked.calls.length;
  const connection = await Deno.connect({
    hostname: "127.0.0.1",
    port: Number(new URL(origin).port),
  });
  const lines = [
    `POST ${target} HTTP/1.1`,
    `Host: localhost`,
    ...OWN,
    JSON_TYPE,
    "Content-Length: 100",
  ];
  await connection.write(
    new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n{`),
  );
  connection.close();
  assertEquals((await attacked.send({ target: "/healthz" })).status, 200);
  assertEquals(attacked.calls.length, before);
  assert(
    !/Error|[Uu]ncaught|^504 /m.test(attacked.app.output()),
    "an error in the log",
  );
});
