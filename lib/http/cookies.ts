/**
 * The cookies of one request: what came in, and what the answer will set.
 *
 * @module
 */
import { getCookies } from "@std/http/cookie";

/** Cookies of one request and its answer. */
export interface CookieJar {
  /** What the browser sent, by name. */
  readonly received: Readonly<Partial<Record<string, string>>>;
  /**
   * `Set-Cookie` lines for the answer, for `setCookie()` of `@std/http`. The
   * session middleware adds them to whatever answer there is, also an error.
   */
  readonly outgoing: Headers;
}

/** Returns the jar of a request. Never throws. */
export function createCookieJar(headers: Headers): CookieJar {
  return { received: readCookies(headers), outgoing: new Headers() };
}

/**
 * Returns the cookies of a request by name. Of a name sent twice the last
 * counts. Pairs without a name are dropped instead of failing the request:
 * `getCookies()` throws on `a=1;`, and a browser that sends that once sends it
 * always.
 */
export function readCookies(
  headers: Headers,
): Partial<Record<string, string>> {
  const header = headers.get("cookie");
  if (header === null) return {};
  const pairs = header.split(";");
  const named = pairs.filter((pair) => /^\s*[^=\s]/.test(pair));
  if (named.length === 0) return {};
  return getCookies(
    named.length === pairs.length
      ? headers
      : new Headers({ cookie: named.join(";") }),
  );
}
