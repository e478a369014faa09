import type { Cookie } from "./cookie.ts";

/** Returns the value of a `Set-Cookie` header; throws on what breaks it. */
export function serializeCookie(cookie: Cookie): string {
  applyPrefix(cookie);
  check(cookie);
  const { name, value, maxAge, domain, sameSite, path, expires } = cookie;
  const parts = [
    `${name}=${value}`,
    cookie.secure && "Secure",
    cookie.httpOnly && "HttpOnly",
    cookie.partitioned && "Partitioned",
    Number.isInteger(maxAge) && `Max-Age=${maxAge}`,
    domain && `Domain=${domain}`,
    sameSite && `SameSite=${sameSite}`,
    path && `Path=${path}`,
    expires && `Expires=${new Date(expires).toUTCString()}`,
  ];
  return [...parts.filter(Boolean), ...cookie.unparsed ?? []].join("; ");
}

// Browsers refuse cookies of these names with other attributes.
function applyPrefix(cookie: Cookie): void {
  if (!/^__(Secure|Host)/.test(cookie.name)) return;
  cookie.secure = true;
  if (cookie.name.startsWith("__Secure")) return;
  cookie.path = "/";
  delete cookie.domain;
}

function check(
  { name, value, maxAge = 0, domain = "", path = "" }: Cookie,
): void {
  if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) {
    throw new SyntaxError(`Invalid cookie name: "${name}"`);
  }
  const [bad] = /[^\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]/u.exec(value) ??
    [];
  if (bad) {
    const problem = bad <= "\x7f"
      ? `cannot contain character '${bad}'`
      : "can only have US-ASCII chars as value: " +
        `It contains 0x${bad.codePointAt(0)?.toString(16)}`;
    throw new SyntaxError(`RFC2616 cookie '${name}' ${problem}`);
  }
  if (maxAge < 0) {
    throw new RangeError(
      `Cannot serialize cookie as Max-Age must be >= 0: received ${maxAge}`,
    );
  }
  const [end] = /^-|[.-]$/.exec(domain) ?? [];
  if (end) {
    throw new SyntaxError(`Invalid first/last char in cookie domain: ${end}`);
  }
  const [char] = /[^\x20-\x3a\x3c-\x7e]/.exec(path) ?? [];
  if (char) {
    throw new SyntaxError(
      `Cookie path "${path}" contains invalid character: "${char}"`,
    );
  }
}
