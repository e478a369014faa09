// The cookies of one request: what was received, and what the response will set.

/** Cookies of one request. */
export interface ReceivedCookies {
  /** What the browser sent, by name. */
  readonly received: Readonly<Partial<Record<string, string>>>;
}

/** Cookies of one request and its response. */
export interface CookieJar extends ReceivedCookies {
  /**
   * `Set-Cookie` lines for the response, for `setCookie()` of `@std/http`. The
   * session step adds them to every response, also that of an error.
   */
  readonly outgoing: Headers;
}

/** Returns a jar without outgoing cookies; see {@link readCookies}. */
export function createCookieJar(
  received: CookieJar["received"] = {},
): CookieJar {
  return { received, outgoing: new Headers() };
}

/** Returns cookies' prefix and attributes; not `Secure` on http://localhost. */
export function cookieScope(secureCookies: boolean) {
  return {
    prefix: secureCookies ? "__Host-" : "",
    attributes: {
      path: "/",
      httpOnly: true,
      secure: secureCookies,
      // With `Strict` browsers hold cookies back where a user comes from another
      // site: by a link, or from Wix's login page.
      sameSite: "Lax",
    },
  } as const;
}

/**
 * Returns the cookies of a `Cookie` header by name; if a name is sent twice,
 * the last one counts. Never throws: `getCookies()` of `@std/http` does for
 * `a=1;`.
 */
export function readCookies(header: string): ReceivedCookies["received"] {
  const cookies = new Map<string, string>();
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=");
    // Not `trim()`: a name after another kind of space is none of ours, and lacks
    // what browsers guarantee of `__Host-`.
    const name = pair.slice(0, Math.max(0, at)).replace(/^[ \t]+/, "");
    if (name !== "") cookies.set(name, pair.slice(at + 1).trim());
  }
  return Object.fromEntries(cookies);
}
