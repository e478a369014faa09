/**
 * What may reach Wix through the gateway.
 *
 * @module
 */
import type { UpstreamCall } from "./socket_bench.ts";

/** Method and path, written from what the islands do. */
export const MAY_REACH_WIX: ReadonlySet<string> = new Set([
  "POST /members/v1/members/query",
  "GET /site-properties/v4/properties",
]);

/** Headers that a call may have, and their values where they never change. */
const HEADERS: Readonly<Record<string, string | undefined>> = {
  accept: "*/*",
  "accept-encoding": "gzip,br",
  "accept-language": "*",
  authorization: undefined,
  "content-length": undefined,
  "content-type": "application/json",
  host: undefined,
  "user-agent": `Deno/${Deno.version.deno}`,
};

/** Returns what is wrong with a call that reached Wix through the gateway. */
export function upstreamProblem(
  { method, path, headers }: UpstreamCall,
): string | undefined {
  if (!MAY_REACH_WIX.has(`${method} ${path}`)) return `${method} ${path}`;
  for (const [name, value] of headers) {
    if (!Object.hasOwn(HEADERS, name)) return `a header ${name}`;
    const expected = HEADERS[name];
    if (expected !== undefined && value !== expected) {
      return `${name}: ${value}`;
    }
  }
  const token = headers.get("authorization");
  return token?.startsWith("OauthNG.JWS.") ? undefined : `token ${token}`;
}
