/**
 * Offline stub of `@std/http`: see `packages/offline/README.md`.
 *
 * @module
 */

import { type Cookies, parseSetCookie, stringifySetCookie } from "cookie";
import type { SetCookie } from "cookie";

/** One cookie with its attributes; `maxAge` is in seconds. */
export interface Cookie
  extends Omit<SetCookie, "value" | "sameSite" | "priority"> {
  value: string;
  sameSite?: "Strict" | "Lax" | "None";
}

const CASED = { strict: "Strict", lax: "Lax", none: "None" } as const;
const LOWERED = { Strict: "strict", Lax: "lax", None: "none" } as const;

/** Returns the request's cookies by name; throws on a header that is none. */
export function getCookies(headers: Headers): Cookies {
  const cookies: Cookies = Object.create(null);
  const header = headers.get("cookie");
  for (const pair of header?.split(";") ?? []) {
    const [name = "", ...value] = pair.split("=");
    if (name === "") throw new SyntaxError("Cookie cannot start with '='");
    cookies[name.trim()] = value.join("=");
  }
  return cookies;
}

/** Appends a `Set-Cookie` header. */
export function setCookie(
  headers: Headers,
  { sameSite, ...cookie }: Cookie,
): void {
  const { name, value, maxAge = 0 } = cookie;
  if (!name) return;
  // npm's cookie lets these pass.
  if (/[",\\]/.test(value)) {
    throw new SyntaxError(`Bad value of cookie ${name}`);
  }
  if (maxAge < 0) throw new RangeError(`Max-Age must be >= 0: ${name}`);
  const site = sameSite ? { sameSite: LOWERED[sameSite] } : {};
  const line = stringifySetCookie({ ...cookie, ...site }, { encode: String });
  headers.append("set-cookie", line);
}

/** Appends a `Set-Cookie` header that makes the browser forget a cookie. */
export function deleteCookie(
  headers: Headers,
  name: string,
  attributes?: Partial<Cookie>,
): void {
  const expires = new Date(0);
  setCookie(headers, { ...attributes, name, value: "", expires });
}

/** Parses the response's `Set-Cookie` headers. */
export function getSetCookies(headers: Headers): Cookie[] {
  return headers.getSetCookie().map((line) => {
    const parsed = parseSetCookie(line, { decode: String });
    const { sameSite, value = "", ...cookie } = parsed;
    const site = typeof sameSite === "string" && { sameSite: CASED[sameSite] };
    return { ...cookie, value, ...site };
  });
}
