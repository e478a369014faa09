/**
 * Rows X over a socket: pages that other sites post to, embed or frame.
 *
 * @module
 */
import { alwaysProblem, firstProblem } from "./always.ts";
import {
  crossOriginProblem,
  deniedProblem,
  EVIL,
  FORM,
  LOGOUT,
  webSocketFrom,
} from "./cross_site.ts";
import { pendingCallback } from "./login_over_wire.ts";
import type { SocketBench } from "./socket_bench.ts";
import type { Report } from "./suite.ts";
import {
  type HeaderLines,
  send,
  sendWith,
  type WireAnswer,
  WireJar,
} from "./wire.ts";

/** Tries methods, subresources, a first page load and frames. */
export async function tryPages(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  await tryUnsafeMethods(report, bench);
  await trySubresources(report, bench);
  await tryFirstPageLoad(report, bench);
  await tryFraming(report, bench);
}

const PAGES = ["/", "/members", "/elevation", "/account", "/account/orders"];

async function tryUnsafeMethods(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  const methods = [
    "TRACE",
    "TRACK",
    "CONNECT",
    "PROPFIND",
    "get",
    "A".repeat(1_024),
  ];
  for (const target of [...PAGES, LOGOUT, "/favicon.svg", "/nowhere"]) {
    for (const method of methods) {
      report.case(
        `X17 ${method.slice(0, 8)} ${target}`,
        await deniedProblem(bench, new WireJar(), { method, target }, [
          400,
          405,
        ]),
      );
    }
  }
  // Without Fetch Metadata an OPTIONS may well be answered, to a visitor.
  const senders: [title: string, headers: HeaderLines, statuses: number[]][] = [
    ["", [["Sec-Fetch-Site", "cross-site"]], [403]],
    [" without Fetch Metadata", [], [200, 204, 303, 403, 404, 405]],
  ];
  for (const [title, sender, statuses] of senders) {
    for (const target of [...PAGES, LOGOUT, "/api/session"]) {
      report.case(
        `X18 preflight of ${target}${title}`,
        await deniedProblem(bench, new WireJar(), {
          method: "OPTIONS",
          target,
          headers: [
            ...sender,
            ["Origin", EVIL],
            ["Access-Control-Request-Method", "POST"],
            ["Access-Control-Request-Headers", "content-type"],
          ],
        }, statuses),
      );
    }
    for (const target of PAGES) {
      report.case(
        `X19 cross-site POST to ${target}${title}`,
        await deniedProblem(bench, new WireJar(), {
          method: "POST",
          target,
          headers: [...sender, ["Origin", EVIL], ...FORM],
          body: "a=b",
        }, [403]),
      );
    }
  }
}

/** X20, X22: another site's page embeds ours; Lax cookies stay away. */
async function trySubresources(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  const kinds: [id: string, headers: HeaderLines][] = [
    ["X20 image", embedded("no-cors", "image")],
    ["X20 frame", embedded("navigate", "iframe")],
    ["X20 script", embedded("no-cors", "script")],
    ["X20 fetch", [...embedded("cors", "empty"), ["Origin", EVIL]]],
    ["X22 WebSocket", webSocketFrom(EVIL)],
  ];
  const targets = [...PAGES, "/api/session", "/api/orders", "/api/auth/login"];
  for (const [title, headers] of kinds) {
    for (const target of targets) {
      const calls = bench.tokenCalls;
      const answer = await send(bench.origin, { target, headers });
      const asked = bench.tokenCalls - calls;
      report.case(
        `${title} of ${target}`,
        firstProblem(
          answer.headers.has("set-cookie") && "a Set-Cookie line",
          asked > 0 && `${asked} token calls`,
          answer.status === 101 && "a WebSocket",
          crossOriginProblem(answer),
          alwaysProblem(answer),
        ),
      );
    }
  }
}

const embedded = (mode: string, dest: string): HeaderLines => [
  ["Sec-Fetch-Site", "cross-site"],
  ["Sec-Fetch-Mode", mode],
  ["Sec-Fetch-Dest", dest],
];

/** X21: what a page loads comes with the page's own cookie. */
async function tryFirstPageLoad(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  const jar = new WireJar();
  const calls = bench.tokenCalls;
  const page = await sendWith(jar, bench.origin, { target: "/members" });
  const assets = [...page.body.matchAll(/(?:href|src)="(\/[^"]+\.\w+[^"]*)"/g)]
    .map(([, target = ""]) => target.replaceAll("&amp;", "&"));
  const targets = [
    ...Array.from({ length: 10 }, () => "/api/session"),
    ...Array.from({ length: 3 }, () => "/members"),
    ...assets,
  ];
  const answers = await Promise.all(
    targets.map((target) =>
      send(bench.origin, { target, headers: jar.lines() })
    ),
  );
  report.case(
    "X21 a first page load with 13 parallel subrequests",
    firstProblem(
      assets.length === 0 && "no assets found",
      bench.tokenCalls - calls !== 1 && `${bench.tokenCalls - calls} sessions`,
      answers.some(({ headers }) => headers.has("set-cookie")) &&
        "a Set-Cookie line after the page's",
      ...answers.map((answer) => alwaysProblem(answer)),
    ),
  );
}

async function tryFraming(report: Report, bench: SocketBench): Promise<void> {
  const member = await bench.member();
  const pending = await pendingCallback(bench.origin, member.copy());
  const answers: [title: string, answer: WireAnswer][] = [
    ["the login", pending.login],
    [
      "a login link that is not valid",
      await send(bench.origin, { target: "/api/auth/login?prompt=x" }),
    ],
    [
      "a refused callback",
      await send(bench.origin, { target: "/api/auth/callback" }),
    ],
    ["a missing page", await send(bench.origin, { target: "/nowhere" })],
  ];
  for (const target of PAGES) {
    answers.push([
      target,
      await send(bench.origin, { target, headers: member.lines() }),
    ]);
  }
  for (const [title, { headers }] of answers) {
    const policy = headers.get("content-security-policy") ?? "";
    report.case(
      `X24 ${title} in a frame`,
      policy.includes("frame-ancestors 'none'") ? undefined : "is shown",
    );
  }
}
