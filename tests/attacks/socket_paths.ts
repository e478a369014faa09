/**
 * Rows H over a socket: ways of writing a path, files, conditional requests
 * and requests that are not quite HTTP.
 *
 * @module
 */
import { ROOT } from "@/tools/packages.ts";
import { alwaysProblem, firstProblem } from "./always.ts";
import { identityOf } from "./login_over_wire.ts";
import type { SocketBench } from "./socket_bench.ts";
import type { Report } from "./suite.ts";
import {
  type HeaderLines,
  send,
  type WireAnswer,
  type WireRequest,
} from "./wire.ts";

/** Tries paths, files, conditions and broken requests. */
export async function tryPaths(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  await tryGuardedPaths(report, bench);
  await tryFiles(report, bench);
  await tryConditional(report, bench);
  await tryBrokenRequests(report, bench);
}

/** H13: for no way of writing a path does the page come without the guard. */
async function tryGuardedPaths(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  const member = await bench.member();
  const paths = [
    "//account",
    "///account",
    "/x/../account",
    "/./account",
    "/%61ccount",
    "/%2561ccount",
    "/account%2f..",
    "/account/%2e",
    "/account/.",
    "/account/x/..",
    "/account%2forders",
    "/account%5corders",
    "/account\\orders",
    "/\\account",
    "/account//orders",
    "/account/./orders",
    "/account/%6frders",
    "/ACCOUNT",
    "/Account/Orders",
    "/account;x",
    "/account;x/orders",
    "/account/",
    "/account/orders/",
    "/account?x",
    "/account#x",
    "/account%00",
    "/account%20",
    "/account.",
    "/account.html",
    "/account/orders%3f",
    "/members/../account",
    "/members/..%2faccount",
    "/api/../account",
    "/index/../account",
  ];
  for (const target of paths) {
    const visitor = await send(bench.origin, { target });
    const asMember = await send(bench.origin, {
      target,
      headers: member.lines(),
    });
    const shown = (answer: WireAnswer) =>
      answer.status === 200 && /Your (?:account|orders)/.test(answer.body);
    const sentToLogin = visitor.status === 303 &&
      visitor.headers.get("location")?.startsWith("/api/auth/login?") === true;
    report.case(
      `H13 ${target}`,
      firstProblem(
        shown(visitor) && "shown to a visitor",
        shown(asMember) && !sentToLogin && `a visitor gets ${visitor.status}`,
        alwaysProblem(visitor),
        alwaysProblem(asMember),
      ),
    );
  }
  const found = await send(bench.origin, {
    target: "/account",
    headers: member.lines(),
  });
  report.case(
    "H13 /account as it is meant",
    /Your account/.test(found.body) ? undefined : `status ${found.status}`,
  );
}

/** H14: files cost no session and can be cached by anybody. */
async function tryFiles(report: Report, bench: SocketBench): Promise<void> {
  const { body } = await send(bench.origin, { target: "/elevation" });
  const linked = [...body.matchAll(/"(\/[^"\s]+\.(?:css|svg|js)[^"\s]*)"/g)]
    .map(([, target = ""]) => target.replaceAll("&amp;", "&"));
  const hashed: string[] = [];
  for await (const { name } of Deno.readDir(`${ROOT}_fresh/client/assets`)) {
    hashed.push(`/assets/${name}`);
  }
  const targets = [
    "/favicon.ico",
    "/favicon.svg",
    "/_fresh/",
    "/_fresh/js/nothing.js",
    "/assets/nothing.js",
    ...linked,
    ...hashed,
  ];
  const member = (await bench.member()).header();
  for (const target of new Set(targets)) {
    for (const cookie of ["wix_session=bad", member]) {
      const calls = bench.calls.length;
      const answer = await send(bench.origin, {
        target,
        headers: [["Cookie", cookie]],
      });
      const cache = answer.headers.get("cache-control") ?? "";
      report.case(
        `H14 ${target} ${
          cookie === member ? "of a member" : "and a bad cookie"
        }`,
        firstProblem(
          hashed.includes(target) &&
            (answer.status !== 200 || !cache.includes("immutable")) &&
            `status ${answer.status}, Cache-Control: ${cache}`,
          answer.headers.has("set-cookie") && "a Set-Cookie line",
          (cache.includes("private") ||
            answer.headers.has("content-security-policy")) &&
            "the session was read",
          bench.calls.length > calls && "a call to Wix",
          alwaysProblem(answer),
        ),
      );
    }
  }
}

/** H16: a personal page is never answered with what a cache remembers. */
async function tryConditional(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  const member = await bench.member();
  const conditions: [title: string, headers: HeaderLines][] = [
    ["If-None-Match: *", [["If-None-Match", "*"]]],
    ["If-None-Match", [["If-None-Match", 'W/"1", "2"']]],
    ["If-Modified-Since", [[
      "If-Modified-Since",
      "Fri, 31 Dec 2100 00:00:00 GMT",
    ]]],
    ["Range", [["Range", "bytes=0-10"]]],
    ["many ranges", [["Range", `bytes=${"0-1,".repeat(500)}0-1`]]],
    ["Accept-Encoding", [["Accept-Encoding", "gzip, br, zstd, identity;q=0"]]],
    ["If-Range", [["If-Range", '"1"'], ["Range", "bytes=0-10"]]],
  ];
  for (const target of ["/", "/members", "/account", "/api/session"]) {
    for (const [title, headers] of conditions) {
      const answer = await send(bench.origin, {
        target,
        headers: [...headers, ...member.lines()],
      });
      report.case(
        `H16 ${title} on ${target}`,
        firstProblem(
          answer.status !== 200 && `status ${answer.status}`,
          answer.headers.has("etag") && "an ETag",
          alwaysProblem(answer),
        ),
      );
    }
  }
}

/** H17: what the server refuses has no effect. */
async function tryBrokenRequests(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  const member = await bench.member();
  const own: HeaderLines = [["Origin", bench.origin], ...member.lines()];
  const logout = { method: "POST", target: "/api/auth/logout" };
  const smuggled = "0\r\n\r\nGET /account HTTP/1.1\r\nHost: x\r\n\r\n";
  const requests: [title: string, request: WireRequest][] = [
    ["200 headers", {
      target: "/",
      headers: Array.from({ length: 200 }, (_, index) => [`X-${index}`, "x"]),
    }],
    ["CL and TE", {
      ...logout,
      headers: [
        ...own,
        ["Content-Length", "5"],
        ["Transfer-Encoding", "chunked"],
      ],
      body: smuggled,
    }],
    ["TE and CL", {
      ...logout,
      headers: [
        ...own,
        ["Transfer-Encoding", "chunked"],
        ["Content-Length", "5"],
      ],
      body: smuggled,
    }],
    ["two lengths", {
      ...logout,
      headers: [...own, ["Content-Length", "1"], ["Content-Length", "2"]],
      body: "ab",
    }],
    ["a length that is no number", {
      ...logout,
      headers: [...own, ["Content-Length", "+1"]],
      body: "a",
    }],
    ["an unknown coding", {
      ...logout,
      headers: [...own, ["Transfer-Encoding", "xchunked"]],
      body: smuggled,
    }],
    ["a header name with a blank", {
      ...logout,
      headers: [...own, ["Content-Length ", "0"]],
    }],
    ["a header with NUL", { ...logout, headers: [...own, ["X-A", "a\0b"]] }],
    ["64 KB of cookies", {
      target: "/",
      headers: [["Cookie", "a=b; ".repeat(16_000)]],
    }],
    ["another protocol version", {
      target: "/ HTTP/3.0\r\nX-A: b\r\nX-B:",
      headers: member.lines(),
    }],
  ];
  for (const [title, request] of requests) {
    const calls = bench.calls.length;
    const answer = await send(bench.origin, request);
    const { kind } = await identityOf(bench.origin, member.copy());
    report.case(
      `H17 ${title}`,
      firstProblem(
        ![400, 431, 501, 505].includes(answer.status) &&
          `status ${answer.status}`,
        answer.headers.has("content-security-policy") && "a route ran",
        bench.calls.length > calls && "a call to Wix",
        kind !== "member" && "logged out",
        alwaysProblem(answer, { may5xx: [501, 505] }),
      ),
    );
  }
}
