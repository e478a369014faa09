/**
 * Return URLs that want to lead elsewhere, and how a `Location` is judged.
 *
 * @module
 */
import { assert } from "@std/assert";

const LONGEST = `/${"x".repeat(1_023)}`;

/** Returns rows for an app at `origin`; without `leadsTo` the general rules hold. */
export function redirectRows(origin: string) {
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
    R44: ["/%zz", `/${"%25".repeat(3_000)}`, `/${"x".repeat(1_024)}`],
  };
  const homeRows = Object.entries(home).flatMap(([id, values]) =>
    values.map((value) => ({ id, value, leadsTo: "/" }))
  );
  // deno-fmt-ignore -- a table
  return [
    ...homeRows,
    { id: "R38", value: "/x; Domain=evil.com; Max-Age=9", leadsTo: "/x;%20Domain=evil.com;%20Max-Age=9" },
    // Over HTTP a lone surrogate is three bytes that are no UTF-8.
    { id: "R44", value: "/%ED%A0%80", leadsTo: undefined },
    { id: "R46", value: "/a?next=//evil.com#//evil.com", leadsTo: "/a?next=//evil.com#//evil.com" },
    { id: "R46", value: "/caf\u00e9", leadsTo: "/caf%C3%A9" },
    { id: "R46", value: "/a:b", leadsTo: "/a:b" },
    { id: "R46", value: LONGEST, leadsTo: LONGEST },
    { id: "R46", value: "/a%2fb%3fc", leadsTo: "/a%2fb%3fc" },
    { id: "R46", value: `${origin}/a?b=c#d`, leadsTo: "/a?b=c#d" },
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
  // As the next server may read the path, `//` where it is none any more.
  const decoded = url.pathname.replace(/%[0-7][\da-f]/gi, decodeURIComponent);
  const resolved = /^\/[\\/]/.test(decoded)
    ? "//"
    : new URL(decoded, origin).pathname;
  for (const read of [url.pathname, resolved]) {
    assert(!/^\/api\/|^\/\/|\\/.test(read), `no page: ${shown}`);
  }
  const rest = location.slice(origin.length);
  assert(path === undefined || rest === path, `${shown} instead of ${path}`);
}
