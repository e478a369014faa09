/**
 * Logins are for navigations: a user follows a link or opens an address.
 *
 * @module
 */
import { emptyResponse } from "../http/responses.ts";

/** What browsers say of a page that they load before the user wants it. */
const PREFETCH_HEADERS = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

/**
 * Returns the refusal of a request that does not come from a navigation, such
 * as a prefetch or a link checker's HEAD: it must not spend a code, begin a
 * login or call Wix. `undefined` for a navigation.
 *
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function refuseUnlessNavigation(
  { method, headers }: Pick<Request, "method" | "headers">,
): Response | undefined {
  if (method !== "GET") {
    return new Response(null, { status: 405, headers: { allow: "GET" } });
  }
  const isPrefetch = PREFETCH_HEADERS.some((name) =>
    /prefetch|prerender|preview/i.test(headers.get(name) ?? "")
  );
  // Browsers do not show a failed prefetch, and load the page when it is wanted.
  if (isPrefetch) return new Response(null, { status: 503 });
  const mode = headers.get("sec-fetch-mode");
  return mode === null || mode === "navigate"
    ? undefined
    : new Response(null, { status: 403 });
}

/**
 * Returns whether another site began the navigation, and perhaps no user: their
 * own logins come first; see {@link TransactionStore.save}.
 */
export function isCrossSite({ headers }: Pick<Request, "headers">): boolean {
  return headers.get("sec-fetch-site") === "cross-site";
}
