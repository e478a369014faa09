/**
 * Rows P over a socket: what the gateway for browser code lets through.
 *
 * @module
 */
import { type Fault, SITE } from "@/packages/local-wix/src/mod.ts";
import { localSettings, startApp } from "../helpers/app.ts";
import { alwaysProblem, firstProblem } from "./always.ts";
import { upstreamProblem } from "./gateway_calls.ts";
import type { SocketBench } from "./socket_bench.ts";
import type { Report } from "./suite.ts";
import {
  type HeaderLines,
  sendWith,
  type WireAnswer,
  type WireJar,
  type WireRequest,
} from "./wire.ts";

const GATEWAY = "/api/wix";
const QUERY = "/members/v1/members/query";
const PROPERTIES = "/site-properties/v4/properties";
const OWN: HeaderLines = [
  ["Sec-Fetch-Site", "same-origin"],
  ["X-Wix-Gateway", "1"],
];
const JSON_BODY: HeaderLines = [["Content-Type", "application/json"]];
const LIMIT = 256 * 1024;

/** Tries every row. */
export async function tryGatewayRows(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  const jar = await bench.member();
  await tryDropped(report, bench, jar);
  await tryHeaders(report, bench, jar);
  await tryFaults(report, bench, jar);
  await tryElevation(report, bench, jar);
  await tryLeaving(report);
  await tryLeavingEarly(report, bench, jar);
}

/** A request as an island sends it, with more headers. */
function query(
  body: string,
  headers: HeaderLines = JSON_BODY,
  target = GATEWAY + QUERY,
): WireRequest {
  return { method: "POST", target, headers: [...OWN, ...headers], body };
}

function read(target: string, headers: HeaderLines = []): WireRequest {
  return { target, headers: [...OWN, ...headers] };
}

const CHUNKED: HeaderLines = [...JSON_BODY, ["Transfer-Encoding", "chunked"]];

function chunked(bytes: number): string {
  return `${bytes.toString(16)}\r\n${" ".repeat(bytes)}\r\n0\r\n\r\n`;
}

/** What may not cause a call, and with which statuses it is refused. */
const DROPPED: readonly [string, WireRequest, readonly number[]][] = [
  ...[
    ["P1", "/../../etc"],
    ["P1", "/%2e%2e/x"],
    ["P1", "/%252e%252e/x"],
    ["P1", "/members/v1/members/%2e%2e/%2e%2e/%2e%2e/oauth2/token"],
    ["P2", "//evil.com/x"],
    ["P2", "//evil.com/members/v1/members/query"],
    ["P4", "/https://evil.com/"],
    ["P4", "/?url=https://evil.com/"],
    ["P5", "/@evil.com"],
    ["P5", "/.evil.com"],
    ["P5", "/:@"],
    ["P5", "@evil.com/members"],
    ["P5", ".evil.com/members"],
    ["P6", `${PROPERTIES}%3fx`],
    ["P6", `${PROPERTIES}%23x`],
    ["P6", `${PROPERTIES};x=1`],
    ["P6", `${PROPERTIES}/`],
    ["P10", "/members/v1/members/my"],
    ["P10", "/oauth2/token"],
  ].map(([id, path]): [string, WireRequest, number[]] => [
    `${id} ${path}`,
    read(GATEWAY + path),
    [400, 404],
  ]),
  ...[
    ["P10", "/oauth2/token"],
    ["P10", "/oauth2/token-info"],
    ["P10", "/_api/redirects-api/v1/redirect-session"],
    ["P29", "/graphql/alpha"],
    ["P29", "/_api/batch"],
  ].map(([id, path]): [string, WireRequest, number[]] => [
    `${id} POST ${path}`,
    query("{}", JSON_BODY, GATEWAY + path),
    [404],
  ]),
  ["P9 GET", read(GATEWAY + QUERY), [405]],
  ["P9 DELETE", { ...read(GATEWAY + QUERY), method: "DELETE" }, [405]],
  ["P9 POST", query("{}", JSON_BODY, GATEWAY + PROPERTIES), [405]],
  [
    "X16 an override",
    read(GATEWAY + QUERY, [["X-HTTP-Method-Override", "POST"]]),
    [405],
  ],
  ["X15", { ...query("{}"), headers: [...JSON_BODY, ...OWN.slice(0, 1)] }, [
    403,
  ]],
  ...[
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/json; charset=x",
    "application/xml",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
  ].map((type): [string, WireRequest, number[]] => [
    `X14 P22 ${type}`,
    query("{}", [["Content-Type", type]]),
    [415],
  ]),
  ["X14 no type", query("{}", []), [415]],
  ["P20 gzip", query("{}", [...JSON_BODY, ["Content-Encoding", "gzip"]]), [
    415,
  ]],
  ["P20 br", query("{}", [...JSON_BODY, ["Content-Encoding", "br"]]), [415]],
  ["P18 a byte more", query(" ".repeat(LIMIT + 1)), [413]],
  ["P18 chunked", query(chunked(LIMIT + 1), CHUNKED), [413]],
  [
    "P18 a length that is far away",
    query("{}", [...JSON_BODY, ["Content-Length", "99999999999"]]),
    [413],
  ],
  ["P17 64 KB", query("{}", [...JSON_BODY, ["X-Any", "x".repeat(65_536)]]), [
    400,
    431,
  ]],
];

async function tryDropped(
  report: Report,
  bench: SocketBench,
  jar: WireJar,
): Promise<void> {
  for (const [title, request, statuses] of DROPPED) {
    const calls = bench.calls.length;
    const answer = await sendWith(jar, bench.origin, request);
    const { status, headers } = answer;
    report.case(
      title,
      firstProblem(
        !statuses.includes(status) && `status ${status}`,
        bench.calls.length > calls && "a call to Wix",
        headers.has("set-cookie") && "a Set-Cookie line",
        status === 405 && !headers.has("allow") && "no Allow",
        alwaysProblem(answer, { inputs: ["evil.com"] }),
      ),
    );
  }
}

/** P14, P16, P17: what goes through, and takes none of its headers along. */
async function tryHeaders(
  report: Report,
  bench: SocketBench,
  jar: WireJar,
): Promise<void> {
  const sent: [title: string, lines: HeaderLines][] = [
    ["P14 Authorization", [["Authorization", "Bearer of-the-browser"]]],
    ["P14 identity", [["wix-site-id", "x"], ["wix-account-id", "x"]]],
    ["P14 consistency", [["X-Wix-Consistent", "of-the-browser"]]],
    ["P14 analytics", [["X-Wix-Bi-Gateway", "environment=evil"]]],
    ["P14 forwarding", [["X-Forwarded-Host", "evil.com"], ["Via", "evil"]]],
    ["P16 Upgrade", [["Connection", "Upgrade"], ["Upgrade", "websocket"]]],
    ["P16 Trailer", [["TE", "trailers"], ["Trailer", "X-Any"]]],
    ["P16 Expect", [["Expect", "100-continue"]]],
    ["P17 not Latin-1", [["X-Any", "漢字"]]],
  ];
  for (const [title, lines] of sent) {
    const calls = bench.calls.length;
    const answer = await sendWith(
      jar,
      bench.origin,
      query('{"query":{}}', [...JSON_BODY, ...lines]),
    );
    const made = bench.calls.slice(calls);
    report.case(
      title,
      firstProblem(
        // 100 comes before the answer, where it was asked for.
        ![100, 200, 400].includes(answer.status) && `status ${answer.status}`,
        answer.status === 200 && made.length !== 1 && `${made.length} calls`,
        ...made.map(upstreamProblem),
        alwaysProblem(answer),
      ),
    );
  }
  const bodies: [title: string, body: string, headers?: HeaderLines][] = [
    ["P16 chunked", 'c\r\n{"query":{}}\r\n0\r\n\r\n', CHUNKED],
    ["P18 as large as may be", '{"query":{}}'.padEnd(LIMIT)],
    ["P21 keys twice", '{"query":{},"query":{},"__proto__":{"x":1}}'],
  ];
  for (const [title, body, headers] of bodies) {
    const answer = await sendWith(jar, bench.origin, query(body, headers));
    report.case(
      title,
      firstProblem(
        answer.status !== 200 && `status ${answer.status}`,
        alwaysProblem(answer),
      ),
    );
  }
  const deep = `{"query":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`;
  const answer = await sendWith(jar, bench.origin, query(deep));
  report.case(
    "P21 10,000 levels",
    alwaysProblem(answer, { may5xx: [500, 502] }),
  );
}

/** P8, P24, P25, P28: what Wix may answer, and what the browser gets. */
async function tryFaults(
  report: Report,
  bench: SocketBench,
  jar: WireJar,
): Promise<void> {
  const { controls } = bench.wix;
  const faults: [title: string, fault: Fault, status: number][] = [
    ["P8", { kind: "redirect", location: "https://evil.example/" }, 502],
    ["P8 to us", { kind: "redirect", location: `${bench.origin}/` }, 502],
    ["P8 307", {
      kind: "redirect",
      location: "https://evil.example/",
      status: 307,
    }, 502],
    ["P24 a page", { kind: "html" }, 502],
    ["P24 cut JSON", { kind: "badJson" }, 502],
    ["P24 nothing", { kind: "empty" }, 502],
    ["P28 endless", { kind: "huge" }, 502],
    ["P28 a bomb", { kind: "gzipBomb" }, 502],
    ["U4 cut", { kind: "truncated" }, 503],
    ["U12 a page", { kind: "html", status: 503 }, 503],
  ];
  for (const [title, fault, status] of faults) {
    controls.failNext(`POST ${QUERY}`, fault);
    const answer = await sendWith(jar, bench.origin, query('{"query":{}}'));
    controls.clearFaults();
    report.case(title, faultProblem(answer, status));
  }

  const tokenCalls = bench.tokenCalls;
  controls.expireAccessTokens();
  const renewed = await sendWith(jar, bench.origin, query('{"query":{}}'));
  report.case(
    "P25 renewed",
    firstProblem(
      faultProblem(renewed, 200),
      bench.tokenCalls !== tokenCalls + 1 && "not one renewal",
    ),
  );
  const calls = bench.calls.length;
  controls.failNext(`POST ${QUERY}`, {
    status: 401,
    body: {},
    times: "always",
  });
  const refused = await sendWith(jar, bench.origin, query('{"query":{}}'));
  controls.clearFaults();
  report.case(
    "P25 refused twice",
    firstProblem(
      faultProblem(refused, 401),
      refused.headers.has("location") && "a redirect",
      bench.calls.length !== calls + 3 &&
        `${bench.calls.length - calls} calls instead of two and a renewal`,
    ),
  );
}

function faultProblem(
  answer: WireAnswer,
  status: number,
): string | undefined {
  const type = answer.headers.get("content-type") ?? "none";
  return firstProblem(
    answer.status !== status && `status ${answer.status}`,
    !/^application\/(?:problem\+)?json$/.test(type) && `type ${type}`,
    answer.headers.get("x-content-type-options") !== "nosniff" && "sniffed",
    answer.body.includes("<") && "markup",
    alwaysProblem(answer, { may5xx: [status] }),
  );
}

/** P11 to P13: nothing that a browser says elevates a call. */
async function tryElevation(
  report: Report,
  bench: SocketBench,
  jar: WireJar,
): Promise<void> {
  const asks: [title: string, request: WireRequest][] = [
    ["P11 plain", read(GATEWAY + PROPERTIES)],
    [
      "P11 flag",
      read(`${GATEWAY}${PROPERTIES}?elevated=true&suppressAuth=true`),
    ],
    ["P11 header", read(GATEWAY + PROPERTIES, [["X-Wix-Elevated", "true"]])],
  ];
  for (const [title, request] of asks) {
    // P12: elevated calls of the same person at the same moment.
    const endpoint = { target: "/api/site-properties" };
    const [, answer] = await Promise.all([
      sendWith(jar.copy(), bench.origin, endpoint),
      sendWith(jar, bench.origin, request),
      sendWith(jar.copy(), bench.origin, endpoint),
    ]);
    const { body } = answer;
    report.case(
      `${title}, P12 beside an elevated call`,
      firstProblem(
        faultProblem(answer, 403),
        !body.includes("PERMISSION_DENIED") && "not refused by Wix",
        body.includes(SITE.clientSecret) && "the client secret",
        body.includes(SITE.instanceId) && "the instance id",
      ),
    );
  }
  const output = bench.output();
  report.case(
    "P13 no secret in the log",
    firstProblem(
      output.includes(SITE.clientSecret) && "the client secret",
      output.includes(SITE.instanceId) && "the instance id",
      /JWS\./.test(output) && "a token",
    ),
  );
}

/** P26: a browser that leaves takes the call to Wix along. */
async function tryLeaving(report: Report): Promise<void> {
  const arrived = Promise.withResolvers<void>();
  const aborted = Promise.withResolvers<void>();
  const wix = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      if (request.url.endsWith("/oauth2/token")) {
        return Response.json({
          access_token: "a",
          refresh_token: "r",
          expires_in: 14_400,
        });
      }
      request.signal.addEventListener("abort", () => aborted.resolve());
      arrived.resolve();
      await aborted.promise;
      return new Response();
    },
  );
  const origin = `http://localhost:${wix.addr.port}`;
  const app = await startApp(localSettings(origin));
  const leave = new AbortController();
  const left = fetch(app.origin + GATEWAY + PROPERTIES, {
    headers: OWN.map(([name, value]): [string, string] => [name, value]),
    signal: leave.signal,
  }).then((response) => response.body?.cancel(), () => {});
  await arrived.promise;
  const startedAt = performance.now();
  leave.abort();
  await Promise.all([left, aborted.promise]);
  const milliseconds = Math.round(performance.now() - startedAt);
  const health = await fetch(`${app.origin}/healthz`);
  await health.body?.cancel();
  await app[Symbol.asyncDispose]();
  await wix.shutdown();
  report.case(
    "P26 the call to Wix ends with the browser's",
    firstProblem(
      health.status !== 200 && `the app answers ${health.status} afterwards`,
      /^504 /m.test(app.output()) && "the call to Wix went on to its timeout",
      /Error|[Uu]ncaught/.test(app.output()) && "an error in the log",
    ),
  );
  report.figure(`upstream aborted after ${milliseconds} ms`);
}

/** P26: the same in the middle of the body. */
async function tryLeavingEarly(
  report: Report,
  bench: SocketBench,
  jar: WireJar,
): Promise<void> {
  const { host, port } = new URL(bench.origin);
  const calls = bench.calls.length;
  const lines = [...OWN, ...JSON_BODY, ...jar.lines(), ["Host", host]];
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const connection = await Deno.connect({
    hostname: "127.0.0.1",
    port: Number(port),
  });
  await connection.write(
    new TextEncoder().encode(
      `POST ${GATEWAY}${QUERY} HTTP/1.1\r\n${head}Content-Length: 100\r\n\r\n{`,
    ),
  );
  connection.close();
  const answer = await sendWith(jar, bench.origin, query('{"query":{}}'));
  report.case(
    "P26 a body that stops",
    firstProblem(
      answer.status !== 200 && `the next one is ${answer.status}`,
      bench.calls.length !== calls + 1 && "a call to Wix",
      /Error|[Uu]ncaught/.test(bench.output()) && "an error in the log",
    ),
  );
}
