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

/** The jar of one request, and what to do with it when there is an answer. */
export class RequestCookieJar implements CookieJar {
  readonly received: CookieJar["received"];
  #outgoing: Headers | undefined;

  /** Never throws. */
  constructor(headers: Headers) {
    this.received = readCookies(headers);
  }

  get outgoing(): Headers {
    return this.#outgoing ??= new Headers();
  }

  /** Returns the `Set-Cookie` lines; most answers have none. */
  outgoingLines(): string[] {
    return this.#outgoing?.getSetCookie() ?? [];
  }
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
  try {
    const cookies = getCookies(headers);
    delete cookies[""];
    return cookies;
  } catch {
    return getCookies(withNamedPairs(headers));
  }
}

function withNamedPairs(headers: Headers): Headers {
  const pairs = headers.get("cookie")?.split(";") ?? [];
  const named = pairs.filter((pair) => /^\s*[^=\s]/.test(pair));
  return new Headers(named.length === 0 ? {} : { cookie: named.join(";") });
}
