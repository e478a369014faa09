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

Deno.test("the request guard refuses a path with invalid percent-encoding", () => {
  assertEquals(refusal({}, `${APP}/orders/%zz`)[0], 400);
});

const PAGE = { headers: { accept: "text/html,*/*;q=0.8" } };
const FORM = { ...PAGE, method: "POST" };
const HEALTH_CHECK = { headers: { ...PAGE.headers, host: "127.0.0.1" } };
const PROXIED = "https://localhost:8443";
const [V4, V6] = ["http://127.0.0.1:8000", "http://[::1]:8000"];
type Case = [why: string, url: string, init: RequestInit, app: string];
const named: [...Case, location?: string][] = [
  ["under the app's name", `${LOCAL}/`, PAGE, LOCAL],
  ["under its name at another port", "http://localhost/", PAGE, LOCAL],
  ["under a foreign name (H1)", "http://evil.com/", PAGE, LOCAL],
  ["that is no page", `${V4}/healthz`, {}, LOCAL],
  ["that is a form", `${V4}/`, FORM, LOCAL],
  ["behind a local proxy", `${V4}/`, PAGE, PROXIED],
  ["in production", "http://127.0.0.1/", HEALTH_CHECK, APP],
  ["in production (H1)", "http://evil.com/", PAGE, APP],
  ["by IPv4", `${V4}/account?x=1`, PAGE, LOCAL, "/account?x=1"],
  ["by IPv6", `${V6}/`, PAGE, LOCAL, "/"],
  ["at another port", "http://127.0.0.1:9000/", PAGE, LOCAL, "/"],
  ["by IPv4 to two slashes", `${V4}//evil.com`, PAGE, LOCAL, "//evil.com"],
];
for (const [why, url, init, app, location] of named) {
  Deno.test(`the request guard ${location ? "redirects to the app's own origin" : "lets through"} a request ${why}`, () => {
    const expected = location
      ? [307, LOCAL + location]
      : [undefined, undefined];
    assertEquals(refusal(init, url, app), expected);
  });
}
