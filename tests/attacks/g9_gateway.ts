/**
 * G9: the gateway for browser code. Fuzzed in process and over a socket, and
 * each row of the catalogue over a socket.
 *
 * @module
 */
import { CALLS } from "@/lib/gateway_calls.ts";
import { createGateway } from "@/packages/fresh-wix/src/gateway/gateway.ts";
import { RequestSession } from "@/packages/fresh-wix/src/session/request_session.ts";
import { createWixFetch } from "@/packages/fresh-wix/src/wix/wix_fetch.ts";
import { runWithSession } from "@/packages/fresh-wix/src/wix/request_context.ts";
import { callerFetch } from "@/packages/fresh-wix/src/wix/sdk_clients.ts";
import type { WixError } from "@/packages/fresh-wix/src/wix/wix_error.ts";
import { fuzzedRequests } from "./fuzz_gateway.ts";
import { MAY_REACH_WIX, upstreamProblem } from "./gateway_calls.ts";
import { SocketBench } from "./socket_bench.ts";
import { tryGatewayRows } from "./socket_gateway.ts";
import type { Report, Suite } from "./suite.ts";
import { send } from "./wire.ts";

const FUZZED = 50_000;
const FUZZED_ON_SOCKET = 1_500;
const AT_ONCE = 20;

const ORIGIN = "https://app.example";
const WIX = "https://www.wixapis.com";
const TOKEN = "token-of-the-member";

/** Rows P, and whatever a seed makes of addresses and headers. */
export const suite: Suite = {
  goal: "G9",
  title:
    "through the gateway nothing goes elsewhere, and no header of a browser",
  async run(report) {
    await fuzzInProcess(report);
    await using bench = await SocketBench.start();
    await tryGatewayRows(report, bench);
    await fuzzOverSocket(report, bench);
  },
};

/** The gateway, the caller's token and the door, before a fetch that records. */
async function fuzzInProcess(report: Report): Promise<void> {
  let sent = 0;
  let problem: string | undefined;
  const door = createWixFetch({
    wixApiOrigin: undefined,
    fetch: (input, init) => {
      const url = new URL(String(input));
      const headers = new Headers(init?.headers);
      sent++;
      problem ??= sentProblem(url, init?.method ?? "GET", headers);
      return Promise.resolve(Response.json({}));
    },
  });
  const failures: WixError[] = [];
  const gateway = createGateway({
    calls: CALLS,
    appOrigin: ORIGIN,
    developerHints: false,
    send: callerFetch(door),
  });
  for (const { target, method, headers, body } of fuzzedRequests(9, FUZZED)) {
    problem = undefined;
    const request = requestOf(target, method, headers, body);
    if (request === undefined) continue;
    const { status } = await runWithSession(
      memberSession(),
      () => gateway(request, (failure) => failures.push(failure)),
    );
    if (status >= 500) problem ??= `status ${status}`;
    report.case(`P ${method} ${target.slice(0, 80)}`, problem);
  }
  report.case("P none of them is a failure of Wix", failures[0]?.message);
  const idle = sent < FUZZED / 100;
  report.case("P some of them go through", idle ? `${sent}` : undefined);
  report.figure(`${sent} fuzzed ones went through`);
}

function sentProblem(
  { origin, pathname }: URL,
  method: string,
  headers: Headers,
): string | undefined {
  if (origin !== WIX) return `sent to ${origin}`;
  const call = `${method} ${pathname}`;
  if (!MAY_REACH_WIX.has(call)) return `sent ${call}`;
  const expected = method === "GET"
    ? { authorization: TOKEN }
    : { authorization: TOKEN, "content-type": "application/json" };
  const names = JSON.stringify(Object.fromEntries(headers));
  return names === JSON.stringify(expected) ||
      names === JSON.stringify({ authorization: TOKEN })
    ? undefined
    : `sent the headers ${names}`;
}

/** `undefined` for what no server would make a request of. */
function requestOf(
  target: string,
  method: string,
  headers: readonly (readonly [string, string])[],
  body: string | undefined,
): Request | undefined {
  try {
    return new Request(new URL(target, ORIGIN), {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      ...(body !== undefined && !["GET", "HEAD"].includes(method) && { body }),
    });
  } catch {
    return undefined;
  }
}

function memberSession(): RequestSession {
  return new RequestSession({
    kind: "member",
    id: "session-1",
    tokens: {
      accessToken: TOKEN,
      refreshToken: "refresh-token",
      expiresAt: 2_000_000_000,
    },
    startedAt: 1,
    member: undefined,
  }, {
    now: () => 1_800_000_000,
    jitter: () => 0,
    tokenEndpoint: {
      anonymous: () => Promise.reject(new Error("nobody is a visitor")),
      refresh: () => Promise.reject(new Error("nothing expires")),
    },
  });
}

/** The same as bytes on a socket, where no URL parser was there before us. */
async function fuzzOverSocket(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  const jar = await bench.member();
  const before = bench.calls.length;
  const requests = fuzzedRequests(99, FUZZED_ON_SOCKET, bench.origin);
  const worker = async () => {
    for (const { target, method, headers, body } of requests) {
      const { status } = await send(bench.origin, {
        method,
        target,
        headers: [...headers, ...jar.lines()],
        ...(body !== undefined && { body }),
      });
      const broken = status >= 500 || status === 0;
      report.case(
        `P socket ${method} ${target.slice(0, 80)}`,
        broken ? `status ${status}` : undefined,
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const calls = bench.calls.slice(before);
  for (const call of calls) {
    report.case("P what reached Wix", upstreamProblem(call));
  }
  const idle = calls.length < FUZZED_ON_SOCKET / 100;
  report.case(
    "P some of them go through",
    idle ? `${calls.length}` : undefined,
  );
}
