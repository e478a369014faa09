/**
 * The cookies of one request: what came in, and what the answer will set.
 *
 * @module
 */
import { getCookies } from "@std/http/cookie";

/** Cookies of one request. */
export interface ReceivedCookies {
  /** What the browser sent, by name. */
  readonly received: Readonly<Partial<Record<string, string>>>;
}

/** Cookies of one request and its answer. */
export interface CookieJar extends ReceivedCookies {
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

  /** @param received See {@link readCookies}. */
  constructor(received: CookieJar["received"] = {}) {
    this.received = received;
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
 * Returns the cookies of a `Cookie` header by name. Of a name sent twice the
 * last counts. Pairs without a name are dropped instead of failing the request:
 * `getCookies()` throws on `a=1;`, and a browser that sends that once sends it
 * always. Another text than `Headers.get()` returns may throw.
 *
 * @param header Empty for none.
 */
export function readCookies(
  header: string,
): Partial<Record<string, string>> {
  try {
    return getNamedCookies(header);
  } catch {
    const pairs = header.split(";").filter((pair) => /^\s*[^=\s]/.test(pair));
    return getNamedCookies(pairs.join(";"));
  }
}

function getNamedCookies(cookie: string): Partial<Record<string, string>> {
  const cookies = getCookies(new Headers(cookie === "" ? {} : { cookie }));
  delete cookies[""];
  return cookies;
}
