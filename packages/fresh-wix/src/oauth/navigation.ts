// Logins are for navigations: a user follows a link or opens an address.

/** What browsers say of a page that they load before the user wants it. */
const PREFETCH_HEADERS = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

/**
 * Returns the refusal of a request that does not come from a navigation, such
 * as a prefetch or a link checker's HEAD: it must not spend a code, begin a
 * login or call Wix.
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
