// Detects navigations: a user opens a page in a tab.
// See https://www.w3.org/TR/fetch-metadata/

/** Headers of pages that browsers load before the user opens them. */
const PREFETCH_HEADERS = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

/**
 * Returns whether Fetch Metadata shows a top-level navigation, not a frame or a
 * script; `undefined` without it, as for clients other than browsers.
 */
export function isNavigation(headers: Headers): boolean | undefined {
  const mode = headers.get("sec-fetch-mode");
  const destination = headers.get("sec-fetch-dest");
  if (mode === null && destination === null) return undefined;
  return mode === "navigate" && destination === "document";
}

/** Returns the refusal of a prefetch, a HEAD or any other non-navigation. */
export function refuseUnlessNavigation(
  { method, headers }: Pick<Request, "method" | "headers">,
): Response | undefined {
  const refuse = (status: number, headers = {}) =>
    new Response(null, { status, headers });
  if (method !== "GET") return refuse(405, { allow: "GET" });
  const isPrefetch = PREFETCH_HEADERS.some((name) =>
    /prefetch|prerender|preview/i.test(headers.get(name) ?? "")
  );
  // Browsers do not show a failed prefetch, and load the page when it is wanted.
  if (isPrefetch) return refuse(503);
  return isNavigation(headers) ?? true ? undefined : refuse(403);
}
