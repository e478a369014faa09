import { assertEquals } from "@std/assert";
import { createRequestGuard } from "../../src/http/request_guard.ts";

const URL_OF_APP = "https://app.example/";

/** What the guard of an app says about a request. */
function guard(
  init: RequestInit,
  { url = URL_OF_APP, appOrigin = "https://app.example" } = {},
) {
  const refusal = createRequestGuard(appOrigin)(new Request(url, init));
  return {
    status: refusal?.status,
    allow: refusal?.headers.get("allow"),
    location: refusal?.headers.get("location"),
  };
}

for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]) {
  Deno.test(`the request guard lets ${method} through`, () => {
    assertEquals(guard({ method }).status, undefined);
  });
}

for (const method of ["PROPFIND", "SEARCH", "X".repeat(1_024)]) {
  const shown = method.slice(0, 10);
  Deno.test(`the request guard refuses ${shown} with 405 (X17)`, () => {
    const { status, allow } = guard({ method });
    assertEquals(status, 405);
    assertEquals(allow, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  });
}

const hosts: [host: string, allowed: boolean][] = [
  ["app.example", true],
  ["localhost:8000", true],
  ["127.0.0.1:8000", true],
  ["[::1]:8000", true],
  ["fresh_wix:8000", true],
  ["xn--bcher-kva.example", true],
  ["evil.com/account?y=", false],
  ["evil.com\\x", false],
  ["user@evil.com", false],
  ["a b", false],
  ["a,b", false],
  ["a;b", false],
  ["a%2fb", false],
  ["evil.com#", false],
  ["", false],
  ["evil.com:99999999", false],
];
for (const [host, allowed] of hosts) {
  Deno.test(`the request guard ${allowed ? "takes" : "refuses"} Host ${host} (H2)`, () => {
    const { status } = guard({ headers: { host } });
    assertEquals(status, allowed ? undefined : 400);
  });
}

Deno.test("the request guard refuses a path that is no percent-encoding", () => {
  const { status } = guard({}, { url: `${URL_OF_APP}orders/%zz` });
  assertEquals(status, 400);
});

const LOCAL_ORIGIN = "http://localhost:8000";
const PAGE = { headers: { accept: "text/html,*/*;q=0.8" } };

const otherNames: [url: string, location: string][] = [
  ["http://127.0.0.1:8000/account?x=1", "/account?x=1"],
  ["http://[::1]:8000/", "/"],
  ["http://127.0.0.1:9000/", "/"],
  ["http://127.0.0.1:8000//evil.com", "//evil.com"],
];
for (const [url, location] of otherNames) {
  Deno.test(`the request guard redirects ${url} to the app's own origin`, () => {
    const refusal = guard(PAGE, { url, appOrigin: LOCAL_ORIGIN });
    assertEquals(refusal.status, 307);
    assertEquals(refusal.location, LOCAL_ORIGIN + location);
  });
}

const allowed: [why: string, url: string, init: RequestInit, app: string][] = [
  ["under the app's name", `${LOCAL_ORIGIN}/`, PAGE, LOCAL_ORIGIN],
  ["under its name at another port", "http://localhost/", PAGE, LOCAL_ORIGIN],
  ["under a foreign name (H1)", "http://evil.com/", PAGE, LOCAL_ORIGIN],
  ["that is no page", "http://127.0.0.1:8000/healthz", {}, LOCAL_ORIGIN],
  ["that is a form", "http://127.0.0.1:8000/", {
    ...PAGE,
    method: "POST",
  }, LOCAL_ORIGIN],
  [
    "behind a proxy on this machine",
    "http://127.0.0.1:8000/",
    PAGE,
    "https://localhost:8443",
  ],
  [
    "in production",
    "http://127.0.0.1/",
    { headers: { ...PAGE.headers, host: "127.0.0.1" } },
    "https://app.example",
  ],
  ["in production (H1)", "http://evil.com/", PAGE, "https://app.example"],
];
for (const [why, url, init, appOrigin] of allowed) {
  Deno.test(`the request guard lets a request through ${why}`, () => {
    assertEquals(guard(init, { url, appOrigin }).status, undefined);
  });
}
