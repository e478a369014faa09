// Requests that are refused before any route is matched.

import { isLoopback } from "../config/read_config.ts";
import type { WixStep } from "../context.ts";
import { finishErrorPage } from "../request_record.ts";
import { runUnauthenticated } from "../wix/request_context.ts";
import { decode } from "./decode.ts";
import { emptyResponse } from "./responses.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

// A host name (RFC 3986 §3.2.2, without escapes and delimiters) or an address,
// and a port: nothing that would move into the path.
const HOST = /^(?:[a-z0-9._~-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/** Returns the refusal of a request, `undefined` if it is allowed. */
export type RequestGuard = (request: Request) => Response | undefined;

/**
 * Returns a guard with four checks:
 * - A method that no route can have is a 405.
 * - A `Host` that is missing or not one is a 400: the URL is built from it, so
 *   that `Host: x/account?` would change which route runs.
 * - A path that is not valid percent-encoding is a 400.
 * - A page requested under another of this machine's names than that of
 *   `appOrigin` is a 307 to it: cookies belong to one name.
 */
export function createRequestGuard(
  appOrigin: string | undefined,
): RequestGuard {
  const ownUrl = appOrigin === undefined ? undefined : new URL(appOrigin);
  return (request) => {
    if (!METHODS.includes(request.method)) {
      return emptyResponse(405, { allow: METHODS.join(", ") });
    }
    const host = request.headers.get("host");
    if (host !== null && !HOST.test(host)) return emptyResponse(400);
    const url = URL.parse(request.url);
    if (!url || decode(url.pathname) === undefined) return emptyResponse(400);
    if (host === null && !hasAuthority(url, ownUrl)) return emptyResponse(400);
    if (ownUrl && isForPage(request) && isOtherName(ownUrl, url)) {
      const location = ownUrl.origin + url.pathname + url.search;
      return emptyResponse(307, { location });
    }
  };
}

/** Requests that {@link guardedHandler} has checked. */
const guarded = new WeakSet<Request>();

/** Returns `handler` with a guard, in a new context for each request. */
export function guardedHandler<Info extends unknown[]>(
  refuse: RequestGuard,
  handler: (request: Request, ...info: Info) => Promise<Response>,
): typeof handler {
  return async (request, ...info) => {
    const refusal = refuse(request);
    if (refusal !== undefined) return refusal;
    guarded.add(request);
    const response = await runUnauthenticated(() => handler(request, ...info));
    return await finishErrorPage(request, response);
  };
}

/** Returns the guard as a step, for apps that are mounted in another one. */
export function requestGuardStep(refuse: RequestGuard): WixStep {
  return async (ctx) =>
    guarded.has(ctx.req)
      ? await ctx.next()
      : refuse(ctx.req) ?? await runUnauthenticated(() => ctx.next());
}

/** As browsers request what the user opens. */
function isForPage({ method, headers }: Request): boolean {
  return method === "GET" &&
    headers.get("accept")?.includes("text/html") === true;
}

// Both this machine, by two names: the settings allow http for nothing else.
// On https a proxy may have renamed it.
function isOtherName(own: URL, { hostname }: URL): boolean {
  return own.protocol === "http:" && isLoopback(hostname) &&
    own.hostname !== hostname;
}

// HTTP/2 has something in place of `Host`, without a user in it. For HTTP/1.1,
// where that is invalid (RFC 9112 §3.2), Deno puts a name of this machine.
function hasAuthority(url: URL, own: URL | undefined): boolean {
  const isDefault = isLoopback(url.hostname) &&
    !isLoopback(own?.hostname ?? "");
  return !isDefault && url.username + url.password === "";
}
