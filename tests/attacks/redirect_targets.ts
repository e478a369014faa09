/**
 * Return URLs that want to lead elsewhere, and how an emitted
 * `Location` is judged.
 *
 * @module
 */

/** One return URL. */
export interface RedirectRow {
  /** Row of the catalogue. */
  readonly id: string;
  readonly value: string;
  /**
   * Path that the value leads to when the app sees it as it stands here.
   * Default `/`. `any` where only the general rules hold.
   */
  readonly leadsTo?: string;
}

/** Returns the rows, for an app at `origin`. */
export function redirectRows(origin: string): RedirectRow[] {
  const { host, hostname, port } = new URL(origin);
  const home: [id: string, value: string][] = [
    ["R1", "//evil.com"],
    ["R2", "///evil.com"],
    ["R2", "////evil.com/x"],
    ["R4", "/\\evil.com"],
    ["R4", "/\\/evil.com"],
    ["R5", "\\/evil.com"],
    ["R5", "\\\\evil.com"],
    ["R6", "/\t/evil.com"],
    ["R6", "/\t\\evil.com"],
    ["R8", "/\r\n/evil.com"],
    ["R8", "/\n/evil.com"],
    ["R9", "\t//evil.com"],
    ["R9", " //evil.com"],
    ["R9", "\0//evil.com"],
    ["R10", "/.//evil.com"],
    ["R10", "/a/..//evil.com"],
    ["R12", "/x/..///evil.com"],
    ["R13", "/%2e///evil.com"],
    ["R13", "/x/%2E%2e//evil.com"],
    ["R14", `${origin}//evil.com`],
    ["R14", `${origin}///evil.com`],
    ["R14", `${origin}/.//evil.com`],
    ["R16", `${origin}.evil.com`],
    ["R16", `http://${hostname}.evil.com/`],
    ["R17", `${origin}@evil.com/`],
    ["R17", `http://${hostname}:443@evil.com/`],
    ["R18", `http://${hostname}:${Number(port) === 8443 ? 8444 : 8443}/`],
    ["R18", `${origin}1/`],
    ["R20", `https://evil.com\\@${host}`],
    ["R21", `//${host}@evil.com`],
    ["R22", "https:///evil.com"],
    ["R24", "http:evil.com"],
    ["R24", `http:/${host}//evil.com`],
    ["R25", "javascript:alert(1)"],
    ["R26", "JaVa\nScRiPt:alert(1)"],
    ["R28", "vbscript:x"],
    ["R28", "file:///etc/passwd"],
    ["R28", "ftp://evil.com"],
    ["R28", "data:text/html,x"],
    ["R29", `blob:${origin}/x`],
    ["R30", "//evil\u3002com"],
    ["R30", "//\uff45vil.com"],
    ["R32", "//evil%00.com"],
    ["R33", "/%2f/evil.com"],
    ["R33", "/%2f%2fevil.com"],
    ["R33", "/%2Fevil.com"],
    ["R33", "/%2e%2f/evil.com"],
    ["R33", "/%2e%2f%2fevil.com"],
    ["R33", "/x/%2e%2e%2f%2fevil.com"],
    ["R33", "/x%2f..%2f/evil.com"],
    ["R34", "/%5cevil.com"],
    ["R34", "/.%5c/evil.com"],
    ["R36", "/ok\r\nSet-Cookie: a=b"],
    ["R37", "/ok%0d%0aSet-Cookie:a=b"],
    ["R40", ""],
    ["R40", "#f"],
    ["R40", "?x=1"],
    ["R40", "."],
    ["R40", ".."],
    ["R41", "/api/auth/login"],
    ["R41", "/api/auth/callback?code=x"],
    ["R41", "/api/auth/logout"],
    ["R41", "/x/../api/auth/logout"],
    ["R41", "/%61pi/auth/logout"],
    ["R41", "/x/%2e%2e%2fapi/auth/logout"],
    ["R41", "/%2e%2fapi/auth/logout"],
    ["R41", "/x%2f..%2fapi%2fauth%2flogout"],
    ["R42", "/api/wix/anything"],
    ["R42", "/api%2fwix%2fanything"],
    ["R44", "/%zz"],
    ["R44", `/${"%25".repeat(3_000)}`],
  ];
  return [
    ...home.map(([id, value]) => ({ id, value })),
    // Over HTTP a lone surrogate is three bytes that are no UTF-8.
    { id: "R44", value: "/%ED%A0%80", leadsTo: "any" },
    {
      id: "R38",
      value: "/x; Domain=evil.com; Max-Age=999999",
      leadsTo: "/x;%20Domain=evil.com;%20Max-Age=999999",
    },
    {
      id: "R46",
      value: "/a?next=//evil.com#//evil.com",
      leadsTo: "/a?next=//evil.com#//evil.com",
    },
    { id: "R46", value: "/caf\u00e9", leadsTo: "/caf%C3%A9" },
    { id: "R46", value: "/a:b", leadsTo: "/a:b" },
    { id: "R46", value: "/a%2fb%3fc", leadsTo: "/a%2fb%3fc" },
    { id: "R46", value: `${origin}/a?b=c#d`, leadsTo: "/a?b=c#d" },
  ];
}

/** A way of writing a value into a query. */
export interface Encoding {
  readonly name: "raw" | "once-encoded" | "twice-encoded";
  readonly encode: (value: string) => string;
}

/** The ways, `%25` for every `%` included. */
export const ENCODINGS: readonly Encoding[] = [
  { name: "raw", encode: (value) => value },
  { name: "once-encoded", encode: encodeURIComponent },
  {
    name: "twice-encoded",
    encode: (value) => encodeURIComponent(encodeURIComponent(value)),
  },
];

/**
 * Returns where a row has to lead when it stands in a query as `written`, or
 * `any` when that is not the row's own value any more.
 */
export function expectedPath(row: RedirectRow, written: string): string {
  const seen = new URLSearchParams(`v=${written.split("#")[0]}`).get("v");
  return seen === row.value ? row.leadsTo ?? "/" : "any";
}

/** A `Location` that is not on our origin, or not plain, in whatever way. */
export function locationProblem(
  location: string | null,
  { origin, path = "any" }: { origin: string; path?: string },
): string | undefined {
  if (location === null) return "no Location";
  const shown = JSON.stringify(location.slice(0, 80));
  if (!location.startsWith(`${origin}/`)) return `off origin: ${shown}`;
  const rest = location.slice(origin.length);
  if (rest.startsWith("//")) return `path begins with //: ${shown}`;
  // deno-lint-ignore no-control-regex -- control characters are what it looks for
  if (/[\\\u0000-\u0020\u007f-\uffff]/.test(location)) {
    return `a backslash, blank, control or non-ASCII character: ${shown}`;
  }
  const url = URL.parse(location);
  if (url === null || url.href !== location) {
    return `reads as another: ${shown}`;
  }
  if (url.username !== "" || url.password !== "") return `userinfo: ${shown}`;
  if (isApiPath(url.pathname)) return `an endpoint: ${shown}`;
  return path === "any" || rest === path
    ? undefined
    : `${shown} instead of ${path}`;
}

function isApiPath(pathname: string): boolean {
  return [pathname, resolved(decoded(pathname))].some((path) =>
    path.startsWith("/api/") || path.startsWith("//") || path.includes("\\")
  );
}

/** A path as the next server reads it, `//` where it is none any more. */
function resolved(path: string): string {
  if (/^\/[\\/]/.test(path)) return "//";
  return URL.parse(path, "http://app.example")?.pathname ?? path;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
