import { assertEquals } from "@std/assert";
import { createRequestGuard } from "../../src/http/request_guard.ts";

const APP = "https://app.example";
const LOCAL = "http://localhost:8000";
const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

function refusal(init: RequestInit, url = `${APP}/`, appOrigin = APP) {
  const response = createRequestGuard(appOrigin)(new Request(url, init));
  const { status, headers } = response ?? {};
  return [status, headers?.get("allow") ?? headers?.get("location")];
}

const methods = [...METHODS.split(", "), "PROPFIND", "X".repeat(1_024)];
for (const method of methods) {
  const isTaken = METHODS.includes(method);
  Deno.test(`the request guard ${isTaken ? "takes" : "refuses"} ${method.slice(0, 10)} (X17)`, () => {
    const expected = isTaken ? [undefined, undefined] : [405, METHODS];
    assertEquals(refusal({ method }), expected);
  });
}

const goodHosts = [
  ["app.example", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"],
  ["fresh_wix:8000", "xn--bcher-kva.example"],
].flat();
const badHosts = [
  ["evil.com/account?y=", "evil.com\\x", "user@evil.com", "a b", "a,b", "a;b"],
  ["a%2fb", "evil.com#", "", "evil.com:99999999"],
].flat();
for (const host of [...goodHosts, ...badHosts]) {
  const isGood = goodHosts.includes(host);
  Deno.test(`the request guard ${isGood ? "takes" : "refuses"} Host ${host} (H2)`, () => {
    const [status] = refusal({ headers: { host } });
    assertEquals(status, isGood ? undefined : 400);
  });
}

Deno.test("the request guard refuses a path that is no percent-encoding", () => {
  assertEquals(refusal({}, `${APP}/orders/%zz`)[0], 400);
});

const PAGE = { headers: { accept: "text/html,*/*;q=0.8" } };
const otherNames: [url: string, path: string][] = [
  ["http://127.0.0.1:8000/account?x=1", "/account?x=1"],
  ["http://[::1]:8000/", "/"],
  ["http://127.0.0.1:9000/", "/"],
  ["http://127.0.0.1:8000//evil.com", "//evil.com"],
];
for (const [url, path] of otherNames) {
  Deno.test(`the request guard redirects ${url} to the app's own origin`, () => {
    assertEquals(refusal(PAGE, url, LOCAL), [307, LOCAL + path]);
  });
}

const FORM = { ...PAGE, method: "POST" };
const HEALTH_CHECK = { headers: { ...PAGE.headers, host: "127.0.0.1" } };
const PROXIED = "https://localhost:8443";
const allowed: [why: string, url: string, init: RequestInit, app: string][] = [
  ["under the app's name", `${LOCAL}/`, PAGE, LOCAL],
  ["under its name at another port", "http://localhost/", PAGE, LOCAL],
  ["under a foreign name (H1)", "http://evil.com/", PAGE, LOCAL],
  ["that is no page", "http://127.0.0.1:8000/healthz", {}, LOCAL],
  ["that is a form", "http://127.0.0.1:8000/", FORM, LOCAL],
  ["behind a local proxy", "http://127.0.0.1:8000/", PAGE, PROXIED],
  ["in production", "http://127.0.0.1/", HEALTH_CHECK, APP],
  ["in production (H1)", "http://evil.com/", PAGE, APP],
];
for (const [why, url, init, app] of allowed) {
  Deno.test(`the request guard lets a request through ${why}`, () => {
    assertEquals(refusal(init, url, app), [undefined, undefined]);
  });
}
