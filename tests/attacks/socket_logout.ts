/**
 * Rows X over a socket: nobody is logged out by another site.
 *
 * @module
 */
import { alwaysProblem, firstProblem } from "./always.ts";
import {
  deniedProblem,
  EVIL,
  FORM,
  LOGOUT,
  webSocketFrom,
} from "./cross_site.ts";
import { identityOf } from "./login_over_wire.ts";
import type { SocketBench } from "./socket_bench.ts";
import type { Report } from "./suite.ts";
import { type HeaderLines, sendWith, type WireRequest } from "./wire.ts";

/** Tries what must not log out, and what must. */
export async function tryLogout(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  const { origin } = bench;
  const jar = await bench.member();
  for (const [title, headers] of deniedHeaders(origin)) {
    report.case(
      `${title} at logout`,
      await deniedProblem(bench, jar, {
        method: "POST",
        target: LOGOUT,
        headers,
        body: "",
      }, [403]),
    );
  }

  const gets: [title: string, request: WireRequest][] = [
    ["X2 image", { target: LOGOUT, headers: [["Sec-Fetch-Dest", "image"]] }],
    ["X2 HEAD", { method: "HEAD", target: LOGOUT }],
    ["X2 from ourselves", { target: LOGOUT, headers: [["Origin", origin]] }],
    ["X16 X-HTTP-Method-Override", {
      target: LOGOUT,
      headers: [["X-HTTP-Method-Override", "POST"], ["Origin", origin]],
    }],
    ["X16 X-Method-Override", {
      target: LOGOUT,
      headers: [["X-Method-Override", "POST"], ["Origin", origin]],
    }],
    ["X16 _method", {
      target: `${LOGOUT}?_method=POST`,
      headers: [["Origin", origin]],
    }],
    ["X16 method", {
      target: `${LOGOUT}?method=POST`,
      headers: [["Origin", origin]],
    }],
    ["X22 WebSocket", { target: LOGOUT, headers: webSocketFrom(EVIL) }],
    ...["PUT", "PATCH", "DELETE", "OPTIONS"].map((
      method,
    ): [string, WireRequest] => [
      `X17 ${method}`,
      { method, target: LOGOUT, headers: [["Origin", EVIL]] },
    ]),
  ];
  for (const [title, request] of gets) {
    report.case(
      `${title} at logout`,
      await deniedProblem(bench, jar, request, [204, 403, 404, 405]),
    );
  }

  const allowed: [title: string, headers: HeaderLines][] = [
    ["our Origin alone", [["Origin", origin]]],
    ["same-origin alone", [["Sec-Fetch-Site", "same-origin"]]],
    ["both", [["Sec-Fetch-Site", "same-origin"], ["Origin", origin]]],
    ["none and our Origin", [["Sec-Fetch-Site", "none"], ["Origin", origin]]],
  ];
  for (const [title, headers] of allowed) {
    const own = await bench.member();
    const answer = await sendWith(own, origin, {
      method: "POST",
      target: LOGOUT,
      headers,
      body: "",
    });
    report.case(
      `X0 ${title} logs out`,
      firstProblem(
        alwaysProblem(answer),
        answer.status !== 302 && `status ${answer.status}`,
        (await identityOf(origin, own)).kind !== "visitor" &&
          "still logged in",
      ),
    );
  }
}

function deniedHeaders(origin: string): [id: string, headers: HeaderLines][] {
  const { port } = new URL(origin);
  const fromCrossSite: HeaderLines = [
    ["Sec-Fetch-Site", "cross-site"],
    ["Sec-Fetch-Mode", "navigate"],
    ["Sec-Fetch-Dest", "document"],
  ];
  const otherOrigins = [
    `${origin}.evil.com`,
    `${origin}@evil.com`,
    `${origin}/`,
    `${origin}, ${origin}`,
    `https://localhost:${port}`,
    `http://LOCALHOST:${port}`,
    `http://localhost.:${port}`,
    `http://127.0.0.1:${port}`,
    `http://localhost:${Number(port) === 8443 ? 8444 : 8443}`,
    "http://localhost",
    "localhost",
    "",
    "*",
  ];
  return [
    ["X1 form", [...fromCrossSite, ["Origin", EVIL], ...FORM]],
    ["X4", [["Sec-Fetch-Site", "cross-site"]]],
    ["X4 in capitals", [["Sec-Fetch-Site", "Cross-Site"], ["Origin", origin]]],
    ["X5", [["Sec-Fetch-Site", "same-site"]]],
    ["X5 Origin ours", [["Sec-Fetch-Site", "same-site"], ["Origin", origin]]],
    ["X6 no Origin", [["Sec-Fetch-Site", "none"]]],
    ["X6 Origin evil", [["Sec-Fetch-Site", "none"], ["Origin", EVIL]]],
    ["X6 Origin null", [["Sec-Fetch-Site", "none"], ["Origin", "null"]]],
    ["X8", [["Sec-Fetch-Site", "cross-site"], ["Origin", origin]]],
    ["X8 unknown site", [["Sec-Fetch-Site", "x"], ["Origin", origin]]],
    ["X8 empty site", [["Sec-Fetch-Site", ""], ["Origin", origin]]],
    ["X8 same-origin but Origin evil", [
      ["Sec-Fetch-Site", "same-origin"],
      ["Origin", EVIL],
    ]],
    ["X8 two sites", [
      ["Sec-Fetch-Site", "same-origin"],
      ["Sec-Fetch-Site", "cross-site"],
    ]],
    ["X9", [["Origin", EVIL]]],
    ["X9 Referer ours", [["Origin", EVIL], ["Referer", `${origin}/`]]],
    ["X9 no Origin, Referer ours", [["Referer", `${origin}/`]]],
    ["X9 neither", []],
    ["X10", [["Origin", "null"]]],
    ["X10 same-origin", [["Sec-Fetch-Site", "same-origin"], [
      "Origin",
      "null",
    ]]],
    ...otherOrigins.map((other): [string, HeaderLines] => [
      `X12 ${other}`,
      [["Origin", other]],
    ]),
    ["X13 twice", [["Origin", origin], ["Origin", origin]]],
    ["X13 ours, evil", [["Origin", origin], ["Origin", EVIL]]],
    ["X13 evil, ours", [["Origin", EVIL], ["Origin", origin]]],
    ["X13 list", [["Origin", `${origin} ${EVIL}`]]],
    ["X14 text/plain", [["Origin", EVIL], ["Content-Type", "text/plain"]]],
    ["X14 multipart", [
      ["Origin", EVIL],
      ["Content-Type", "multipart/form-data; boundary=x"],
    ]],
    ["X14 JSON", [["Origin", EVIL], ["Content-Type", "application/json"]]],
  ];
}
