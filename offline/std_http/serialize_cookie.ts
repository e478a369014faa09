import type { Cookie } from "./cookie.ts";

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const ALLOWED = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/;

/** Returns the value of a `Set-Cookie` header; `""` without a name. */
export function serializeCookie(cookie: Cookie): string {
  if (!cookie.name) return "";
  applyPrefix(cookie);
  const { name, value, domain, path, expires } = cookie;
  checkNameAndValue(name, value);
  const parts = [`${name}=${value}`];
  if (cookie.secure) parts.push("Secure");
  if (cookie.httpOnly) parts.push("HttpOnly");
  if (cookie.partitioned) parts.push("Partitioned");
  const maxAge = cookie.maxAge;
  if (typeof maxAge === "number" && Number.isInteger(maxAge)) {
    parts.push(`Max-Age=${checkedMaxAge(maxAge)}`);
  }
  if (domain) parts.push(`Domain=${checkedDomain(domain)}`);
  if (cookie.sameSite) parts.push(`SameSite=${cookie.sameSite}`);
  if (path) parts.push(`Path=${checkedPath(path)}`);
  if (expires) parts.push(`Expires=${new Date(expires).toUTCString()}`);
  return [...parts, ...cookie.unparsed ?? []].join("; ");
}

// Browsers refuse cookies of these names with other attributes.
function applyPrefix(cookie: Cookie): void {
  if (cookie.name.startsWith("__Secure")) cookie.secure = true;
  if (!cookie.name.startsWith("__Host")) return;
  cookie.secure = true;
  cookie.path = "/";
  delete cookie.domain;
}

function checkNameAndValue(name: string, value: string): void {
  if (!TOKEN.test(name)) {
    throw new SyntaxError(`Invalid cookie name: "${name}"`);
  }
  if (ALLOWED.test(value)) return;
  const bad = [...value].find((char) => !ALLOWED.test(char)) ?? "";
  const code = bad.codePointAt(0) ?? 0;
  throw new SyntaxError(
    code > 0x7f
      ? `RFC2616 cookie '${name}' can only have US-ASCII chars as value: ` +
        `It contains 0x${code.toString(16)}`
      : `RFC2616 cookie '${name}' cannot contain character '${bad}'`,
  );
}

function checkedMaxAge(maxAge: number): number {
  if (maxAge >= 0) return maxAge;
  throw new RangeError(
    `Cannot serialize cookie as Max-Age must be >= 0: received ${maxAge}`,
  );
}

function checkedDomain(domain: string): string {
  const bad = /^-|[.-]$/.exec(domain)?.[0];
  if (!bad) return domain;
  throw new SyntaxError(`Invalid first/last char in cookie domain: ${bad}`);
}

function checkedPath(path: string): string {
  const bad = /[^\x20-\x3a\x3c-\x7e]/.exec(path)?.[0];
  if (!bad) return path;
  throw new SyntaxError(
    `Cookie path "${path}" contains invalid character: "${bad}"`,
  );
}
