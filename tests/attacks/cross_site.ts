/**
 * What requests of other sites say, and how their lack of effect is judged.
 *
 * @module
 */
import { alwaysProblem, firstProblem } from "./always.ts";
import { identityOf } from "./login_over_wire.ts";
import type { SocketBench } from "./socket_bench.ts";
import {
  type HeaderLines,
  send,
  type WireAnswer,
  type WireJar,
  type WireRequest,
} from "./wire.ts";

/** Another site. */
export const EVIL = "https://evil.example";
/** What a form says about its body. */
export const FORM: HeaderLines = [[
  "Content-Type",
  "application/x-www-form-urlencoded",
]];
/** Path that only our own pages may post to. */
export const LOGOUT = "/api/auth/logout";

/** Returns the effect of a request that may have none: cookie, call, logout. */
export async function deniedProblem(
  bench: SocketBench,
  jar: WireJar,
  request: WireRequest,
  statuses: readonly number[],
): Promise<string | undefined> {
  const calls = bench.calls.length;
  const headers = [...request.headers ?? [], ...jar.lines()];
  const answer = await send(bench.origin, { ...request, headers });
  const { kind } = await identityOf(bench.origin, jar.copy());
  return firstProblem(
    !statuses.includes(answer.status) && `status ${answer.status}`,
    answer.headers.has("set-cookie") && "a Set-Cookie line",
    bench.calls.length > calls && `${bench.calls.length - calls} calls to Wix`,
    crossOriginProblem(answer),
    jar.names().length > 0 && kind !== "member" && "logged out",
    alwaysProblem(answer),
  );
}

/** Returns the header that lets other sites read an answer. */
export function crossOriginProblem(
  { headers }: WireAnswer,
): string | undefined {
  return [...headers.keys()]
    .find((name) => name.startsWith("access-control-allow-"));
}

/** Header lines of a WebSocket that another site opens. */
export function webSocketFrom(origin: string): HeaderLines {
  return [
    ["Connection", "Upgrade"],
    ["Upgrade", "websocket"],
    ["Sec-WebSocket-Version", "13"],
    ["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
    ["Sec-Fetch-Site", "cross-site"],
    ["Sec-Fetch-Mode", "websocket"],
    ["Origin", origin],
  ];
}
