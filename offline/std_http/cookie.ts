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

/** Where {@linkcode deleteCookie} finds the cookie to delete. */
export type DeleteCookieAttributes = Pick<
  Cookie,
  "path" | "domain" | "secure" | "httpOnly" | "partitioned"
>;

/** Returns the request's cookies by name; throws on a header that is none. */
export function getCookies(headers: Headers): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  const header = headers.get("cookie");
  if (header === null) return cookies;
  for (const pair of header.split(";")) {
    const [name = "", ...value] = pair.split("=");
    if (value.length === 0 && name.trim() === "") {
      throw new SyntaxError("Cookie cannot start with '='");
    }
    cookies[name.trim()] = value.join("=");
  }
  return cookies;
}

/** Appends a `Set-Cookie` header. */
export function setCookie(headers: Headers, cookie: Cookie): void {
  const line = serializeCookie(cookie);
  if (line) headers.append("set-cookie", line);
}

/** Appends a `Set-Cookie` header that makes the browser forget a cookie. */
export function deleteCookie(
  headers: Headers,
  name: string,
  attributes?: DeleteCookieAttributes,
): void {
  const expires = new Date(0);
  setCookie(headers, { ...attributes, name, value: "", expires });
}

/** Parses the answer's `Set-Cookie` headers. */
export function getSetCookies(headers: Headers): Cookie[] {
  return headers.getSetCookie().map(parseSetCookie).filter(isAcceptable);
}

function parseSetCookie(line: string): Cookie {
  const [pair = "", ...attributes] = line.split(";").map((s) => s.trim());
  const [name = "", ...value] = pair.split("=");
  const cookie: Cookie = { name, value: value.join("=") };
  for (const attribute of attributes) {
    const [key = "", ...rest] = attribute.split("=");
    applyAttribute(cookie, key, rest.join("="));
  }
  return cookie;
}

function applyAttribute(cookie: Cookie, key: string, value: string): void {
  switch (key.toLowerCase()) {
    case "expires":
      cookie.expires = new Date(value);
      break;
    case "max-age":
      cookie.maxAge = Number(value);
      break;
    case "domain":
      cookie.domain = value;
      break;
    case "path":
      cookie.path = value;
      break;
    case "secure":
      cookie.secure = true;
      break;
    case "httponly":
      cookie.httpOnly = true;
      break;
    case "samesite":
      if (value === "Strict" || value === "Lax" || value === "None") {
        cookie.sameSite = value;
      }
      break;
    default:
      (cookie.unparsed ??= []).push(`${key}=${value}`);
  }
}

function isAcceptable(cookie: Cookie): boolean {
  const { domain, maxAge = 0, name, path, secure } = cookie;
  const isHost = name.startsWith("__Host-");
  const isPrefixed = isHost || name.startsWith("__Secure-");
  const isBad = maxAge < 0 || (isPrefixed && !secure) ||
    (isHost && (domain !== undefined || path !== "/"));
  if (isBad) console.warn(`Ignoring the invalid cookie '${name}'`);
  return !isBad;
}
