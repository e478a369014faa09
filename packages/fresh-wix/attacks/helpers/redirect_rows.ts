/**
 * Return URLs that want to lead elsewhere, and how a `Location` is judged.
 *
 * @module
 */
import { assert } from "@std/assert";

/** One return URL. */
export interface RedirectRow {
  /** Row of the catalogue. */
  readonly id: string;
  readonly value: string;
  /** Path that it leads to; `undefined` where only the general rules hold. */
  readonly leadsTo: string | undefined;
}

/** Returns the rows, for an app at `origin`. */
export function redirectRows(origin: string): RedirectRow[] {
  const { host, hostname, port } = new URL(origin);
  const otherPort = port === "8443" ? 8444 : 8443;
  // deno-fmt-ignore -- a table
  const home: Record<string, readonly string[]> = {
    R1: ["//evil.com"],
    R2: ["///evil.com", "////evil.com/x"],
    R4: ["/\\evil.com", "/\\/evil.com"],
    R5: ["\\/evil.com", "\\\\evil.com"],
    R6: ["/\t/evil.com", "/\t\\evil.com"],
    R8: ["/\r\n/evil.com", "/\n/evil.com"],
    R9: ["\t//evil.com", " //evil.com", "\0//evil.com"],
    R10: ["/.//evil.com", "/a/..//evil.com"],
    R12: ["/x/..///evil.com"],
    R13: ["/%2e///evil.com", "/x/%2E%2e//evil.com"],
    R14: [`${origin}//evil.com`, `${origin}///evil.com`, `${origin}/.//evil.com`],
    R16: [`${origin}.evil.com`, `http://${hostname}.evil.com/`],
    R17: [`${origin}@evil.com/`, `http://${hostname}:443@evil.com/`],
    R18: [`http://${hostname}:${otherPort}/`, `http://${hostname}:${port}1/`],
    R20: [`https://evil.com\\@${host}`],
    R21: [`//${host}@evil.com`],
    R22: ["https:///evil.com"],
    R24: ["http:evil.com", `http:/${host}//evil.com`],
    R25: ["javascript:alert(1)"],
    R26: ["JaVa\nScRiPt:alert(1)"],
    R28: ["vbscript:x", "file:///etc/passwd", "ftp://evil.com", "data:text/html,x"],
    R29: [`blob:${origin}/x`],
    R30: ["//evil\u3002com", "//\uff45vil.com"],
    R32: ["//evil%00.com"],
    R33: [
      "/%2f/evil.com", "/%2f%2fevil.com", "/%2Fevil.com", "/%2e%2f/evil.com",
      "/%2e%2f%2fevil.com", "/x/%2e%2e%2f%2fevil.com", "/x%2f..%2f/evil.com",
    ],
    R34: ["/%5cevil.com", "/.%5c/evil.com"],
    R36: ["/ok\r\nSet-Cookie: a=b"],
    R37: ["/ok%0d%0aSet-Cookie:a=b"],
    R40: ["", "#f", "?x=1", ".", ".."],
    R41: [
      "/api/auth/login", "/api/auth/callback?code=x", "/api/auth/logout", "/x/../api/auth/logout",
      "/%61pi/auth/logout", "/x/%2e%2e%2fapi/auth/logout", "/%2e%2fapi/auth/logout",
      "/x%2f..%2fapi%2fauth%2flogout",
    ],
    R42: ["/api/wix/anything", "/api%2fwix%2fanything"],
    R44: ["/%zz", `/${"%25".repeat(3_000)}`],
  };
  // deno-fmt-ignore -- a table
  const kept: [id: string, value: string, leadsTo: string | undefined][] = [
    ["R38", "/x; Domain=evil.com; Max-Age=9", "/x;%20Domain=evil.com;%20Max-Age=9"],
    // Over HTTP a lone surrogate is three bytes that are no UTF-8.
    ["R44", "/%ED%A0%80", undefined],
    ["R46", "/a?next=//evil.com#//evil.com", "/a?next=//evil.com#//evil.com"],
    ["R46", "/caf\u00e9", "/caf%C3%A9"],
    ["R46", "/a:b", "/a:b"],
    ["R46", "/a%2fb%3fc", "/a%2fb%3fc"],
    ["R46", `${origin}/a?b=c#d`, "/a?b=c#d"],
  ];
  return [
    ...Object.entries(home).flatMap(([id, values]) =>
      values.map((value) => ({ id, value, leadsTo: "/" }))
    ),
    ...kept.map(([id, value, leadsTo]) => ({ id, value, leadsTo })),
  ];
}

/** Asserts that a `Location` is on our origin, a page, and plain. */
export function assertLocation(
  emitted: string | null,
  origin: string,
  path?: string,
): void {
  const location = emitted ?? "none";
  const shown = JSON.stringify(location.slice(0, 80));
  assert(location.startsWith(`${origin}/`), `off origin: ${shown}`);
  assert(/^[!-\[\]-~]+$/.test(location), `not plain: ${shown}`);
  const url = new URL(location);
  assert(url.href === location, `reads as another URL: ${shown}`);
  assert(url.username + url.password === "", `userinfo: ${shown}`);
  for (const read of [url.pathname, resolve(decode(url.pathname))]) {
    assert(!/^\/api\/|^\/\/|\\/.test(read), `no page: ${shown}`);
  }
  const rest = location.slice(origin.length);
  assert(path === undefined || rest === path, `${shown} instead of ${path}`);
}

/** A path as the next server reads it, `//` where it is none any more. */
function resolve(path: string): string {
  if (/^\/[\\/]/.test(path)) return "//";
  return URL.parse(path, "http://app.example")?.pathname ?? path;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
