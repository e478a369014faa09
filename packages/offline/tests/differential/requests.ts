/**
 * The requests of a differential run, besides those that pages lead to.
 *
 * @module
 */
import type { Form } from "./document.ts";

/**
 * Who sends a request: a guest has no cookies, a visitor those of a session, a
 * member those of a login. The customer is the member whose forms are sent.
 */
export type Role = "guest" | "visitor" | "member" | "customer";

/**
 * One request to both sides. `ORIGIN` in it is that of each side, `/BUILT.js` a
 * script of its build.
 */
export interface Probe {
  readonly role: Role;
  readonly method: string;
  readonly target: string;
  readonly headers: HeaderFields;
  readonly body?: string;
}

type HeaderFields = Readonly<Record<string, string>>;

const ROLES = ["guest", "visitor", "member"] as const;
const METHODS = ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** As a browser requests a page. */
const NAVIGATION = {
  accept: "text/html,application/xhtml+xml",
  "sec-fetch-site": "none",
  "sec-fetch-mode": "navigate",
  "sec-fetch-dest": "document",
};
const OWN_FORM = {
  ...NAVIGATION,
  origin: "ORIGIN",
  "sec-fetch-site": "same-origin",
  "content-type": "application/x-www-form-urlencoded",
};
const OTHER_SITE = {
  origin: "https://elsewhere.example",
  "sec-fetch-site": "cross-site",
};

/** Returns a request for a page. */
export function get(target: string, more = {}, role: Role = "guest"): Probe {
  return { role, method: "GET", target, headers: { ...NAVIGATION, ...more } };
}

/** Returns the URL patterns of files below `routes/`, as in `/orders/[id]`. */
export function routePatterns(files: readonly string[]): string[] {
  return files.filter((file) => /\.tsx?$/.test(file) && !/(^|\/)_/.test(file))
    .map((file) =>
      `/${file}`.replace(/\.tsx?$/, "").replace(/\/\([^/]*/g, "")
        .replace(/\/index$/, "") || "/"
    );
}

/** Returns paths of a pattern: one that a page links to, and one invented. */
export function examples(pattern: string, linked: readonly string[]): string[] {
  const parameter = /\[(?:\.\.\.)?\w+\]/g;
  const shape = new RegExp(`^${pattern.replace(parameter, "[^/?]+")}$`);
  const found = linked.filter((path) => shape.test(path)).slice(0, 1);
  return [...new Set([...found, pattern.replace(parameter, "x")])];
}

/** Returns every method, for every user, from the app's own pages. */
export function methodProbes(target: string): Probe[] {
  return ROLES.flatMap((role) => [
    get(target, {}, role),
    ...METHODS.map((method) => ({
      role,
      method,
      target,
      headers: OWN_FORM,
      ...(method !== "HEAD" && { body: "a=b" }),
    })),
  ]);
}

/** Returns other spellings of a path. */
export function spellingProbes(path: string): Probe[] {
  const start = path.slice(0, -1);
  const last = path.charCodeAt(path.length - 1).toString(16);
  const suffixes = "/ // %2F %00 % %ff /%zz /%C3%A9 ;a=b .html ? ?a=%zz&b=%ff";
  return [
    ...suffixes.split(" ").map((suffix) => path + suffix),
    ...["/", "/.", "/x/..", "/\\", "ORIGIN"].map((prefix) => prefix + path),
    `${path}?fresh-partial=true`,
    `${path}/..${path}`,
    `${path.toUpperCase()}?upper`,
    `${start}%${last}`,
    path.replaceAll("/", "%2F"),
  ].map((target) => get(target));
}

/** Returns a path with headers that may change its response. */
export function headerProbes(path: string): Probe[] {
  return [
    { "if-none-match": "*" },
    { "if-none-match": '"other", W/"another"' },
    { "if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT" },
    { "if-match": '"other"' },
    { range: "bytes=0-9" },
    { range: "bytes=5-2" },
    { "accept-encoding": "gzip, br" },
    { accept: "application/json" },
    { cookie: "=; wix_session=forged; a" },
    { "x-forwarded-proto": "https", "x-forwarded-host": "elsewhere.example" },
    OTHER_SITE,
    { ...OTHER_SITE, "sec-fetch-dest": "iframe" },
    { ...OTHER_SITE, "sec-fetch-mode": "no-cors" },
    { upgrade: "websocket", "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==" },
  ].map((headers: HeaderFields) => get(path, headers));
}

/** Returns a form as it is, and as it must not be sent. */
export function formProbes({ method, action, data }: Form): Probe[] {
  if (method === "GET") {
    return [get(`${action.split("?")[0]}?${data}`, {}, "customer")];
  }
  const body = data.toString();
  const post = (body: string, more: HeaderFields = {}): Probe => {
    const headers = { ...OWN_FORM, ...more };
    return { role: "customer", method, target: action, headers, body };
  };
  const names = [...data.keys()];
  return [
    ...["", `${body}&${body}`, "a=".padEnd(100_000, "b"), names.join("=&")]
      .map((text) => post(text)),
    post(body.replaceAll("=", "=%FF%00<b>")),
    post(body, OTHER_SITE),
    post(body, { origin: "null" }),
    ...["text/plain", "multipart/form-data", "application/json"]
      .map((type) => post(body, { "content-type": type })),
    { ...post(body), role: "guest" },
    post(body),
  ];
}

/** Returns requests for what does not exist, and with odd methods. */
export function oddProbes(paths: readonly string[]): Probe[] {
  const missing = "/none /account/none /api/none /assets/none-12345678.js " +
    "/_fresh/none.js /favicon.ico /.env /_app /_middleware /deno.json " +
    "/_fresh/server.js /static/favicon.svg /@fs/etc/passwd";
  const odd = "/a/../../b /..%2f..%2fdeno.json /assets/..%2f..%2fserver.js " +
    "/%2e%2e/x * none /<script> /?name=<b>&name=2";
  return [
    ...missing.split(" ").flatMap(methodProbes),
    ...odd.split(" ").map((target) => get(target)),
    ...["TRACE", "PROPFIND", "QUERY"].flatMap((method) =>
      ["/", "/none", ...paths].map((target) => ({ ...get(target), method }))
    ),
  ];
}
