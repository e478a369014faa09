// Prevents other sites from embedding our responses, and from changing data.

import type { Config } from "../config/read_config.ts";
import type { WixStep } from "../context.ts";
import { isNavigation } from "../http/navigation.ts";

/** Methods that change nothing (RFC 9110 §9.2.1). */
const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/**
 * Returns whether a request is allowed. Other sites may only link here: no
 * images, frames, fetches or WebSockets, which would start unwanted sessions.
 * Requests that may change data must come from our own pages. Clients other
 * than browsers send no Fetch Metadata, and may read.
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function isAllowedRequest(
  { method, headers }: Pick<Request, "method" | "headers">,
  appOrigin: string | undefined,
): boolean {
  if (!SAFE_METHODS.includes(method)) return isSameOrigin(headers, appOrigin);
  if (headers.get("sec-fetch-site") !== "cross-site") return true;
  return method !== "OPTIONS" && isNavigation(headers) === true;
}

/**
 * Returns whether a request comes from a page of ours: by `Sec-Fetch-Site`,
 * which a page cannot forge; without it, the `Origin` must be ours.
 * @param appOrigin `undefined` on a preview, which does not know its own: only
 * browsers that send `Sec-Fetch-Site` can change anything there.
 */
export function isSameOrigin(
  headers: Headers,
  appOrigin: string | undefined,
): boolean {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (appOrigin === undefined) return site === "same-origin";
  return origin === appOrigin && (site === null || site === "none") ||
    site === "same-origin" && (origin === null || origin === appOrigin);
}

/**
 * Refuses requests that are not allowed ({@link isAllowedRequest}), before any
 * session and for every route but those below `/api/webhooks/`: a webhook comes
 * from no page, and its route checks the signature.
 */
export function resourceIsolation(
  { appOrigin }: Pick<Config, "appOrigin">,
): WixStep {
  return async (ctx) => {
    const isAllowed = isAllowedRequest(ctx.req, appOrigin) ||
      ctx.route?.startsWith("/api/webhooks/");
    if (isAllowed) return await ctx.next();
    const headers = { "Cache-Control": "private, no-store", Vary: "Cookie" };
    return new Response(
      "This request was refused: it does not come from a page of this site.\n",
      { status: 403, headers },
    );
  };
}
