// Return URLs: where users return to after logging in or out. They are
// untrusted input, validated here once: from then on they are encrypted.

import { decode } from "../http/decode.ts";

/** Replaces an invalid return URL. */
export const HOME = "/";
/** It must fit into an encrypted cookie, together with other values. */
const MAX_LENGTH = 1_024;
// deno-lint-ignore no-control-regex -- control characters are what it looks for
const UNSAFE = /[\u0000-\u001f\u007f\\]/;

/**
 * Returns `value` as a path with query and hash on our own origin, or
 * {@link HOME} when it is anything else: another origin in any form, a path
 * that a proxy could decode into one, or an endpoint that is not a
 * page (`/api/…`), where a return would loop or log the user out.
 * @param value As given by the request; an array when given more than once.
 */
export function safeReturnUrl(
  value: string | readonly string[] | null | undefined,
  appOrigin: string,
): string {
  if (value === null || value === undefined) return HOME;
  if (typeof value !== "string") {
    return value.length === 1 ? safeReturnUrl(value[0], appOrigin) : HOME;
  }
  const path = value.startsWith(`${appOrigin}/`)
    ? value.slice(appOrigin.length)
    : value;
  const url = pageUrl(path, appOrigin);
  const decoded = url && decode(url.pathname);
  if (url === undefined || decoded === undefined) return HOME;
  if (pageUrl(decoded, appOrigin) === undefined) return HOME;
  const emitted = url.pathname + url.search + url.hash;
  return emitted.length <= MAX_LENGTH ? emitted : HOME;
}

/** Returns the URL of a path when it is on our origin and not an endpoint. */
function pageUrl(path: string, appOrigin: string): URL | undefined {
  const url = isLocalPath(path) ? URL.parse(path, appOrigin) : null;
  const isPage = url !== null && url.origin === appOrigin &&
    isLocalPath(url.pathname) && !url.pathname.startsWith("/api/");
  return isPage ? url : undefined;
}

function isLocalPath(path: string): boolean {
  return path.startsWith("/") && !path.startsWith("//") &&
    path.isWellFormed() && !UNSAFE.test(path);
}

/**
 * Returns the URL in `returnToUrl`, else in its alias of older documentation,
 * else the page of ours in the referer.
 */
export function requestedReturnUrl(
  params: URLSearchParams,
  { appOrigin, referer }: { appOrigin: string; referer: string | null },
): string {
  for (const name of ["returnToUrl", "returnUrl"]) {
    const values = params.getAll(name);
    if (values.length > 0) return safeReturnUrl(values, appOrigin);
  }
  return safeReturnUrl(referer, appOrigin);
}
