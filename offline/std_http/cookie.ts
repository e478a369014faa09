/**
 * Offline stand-in of `@std/http`: see `offline/README.md`.
 *
 * @module
 */

import { parseSetCookie } from "cookie";
import { serializeCookie } from "./serialize_cookie.ts";

/** One cookie with its attributes. */
export interface Cookie {
  name: string;
  value: string;
  /** Date or milliseconds since the epoch. */
  expires?: Date | number;
  /** Seconds. */
  maxAge?: number;
  domain?: string;
  path?: string;
  secure?: boolean;
  httpOnly?: boolean;
  partitioned?: boolean;
  sameSite?: "Strict" | "Lax" | "None";
  /** Attributes without a name above, each as `Key=Value`. */
  unparsed?: string[];
}

/** Returns the request's cookies by name; throws on a header that is none. */
export function getCookies(
  headers: Headers,
): Partial<Record<string, string>> {
  const cookies: Partial<Record<string, string>> = Object.create(null);
  const header = headers.get("cookie");
  for (const pair of header?.split(";") ?? []) {
    const [name = "", ...value] = pair.split("=");
    if (name === "") throw new SyntaxError("Cookie cannot start with '='");
    cookies[name.trim()] = value.join("=");
  }
  return cookies;
}

/** Appends a `Set-Cookie` header. */
export function setCookie(headers: Headers, cookie: Cookie): void {
  if (cookie.name) headers.append("set-cookie", serializeCookie(cookie));
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

/** Parses the answer's `Set-Cookie` headers. */
export function getSetCookies(headers: Headers): Cookie[] {
  const cased = { strict: "Strict", lax: "Lax", none: "None" } as const;
  return headers.getSetCookie().map((line) => {
    const parsed = parseSetCookie(line, { decode: (value) => value });
    const { sameSite, value = "", ...cookie } = parsed;
    if (typeof sameSite !== "string") return { ...cookie, value };
    return { ...cookie, value, sameSite: cased[sameSite] };
  });
}
