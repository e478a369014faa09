import { assertEquals } from "@std/assert";
import { frontDoor } from "../../src/http/front_door.ts";

const URL_OF_APP = "https://app.example/";

function ask(
  init: RequestInit,
  { url = URL_OF_APP, appOrigin = "https://app.example" } = {},
) {
  const asked: string[] = [];
  const handler = frontDoor((request) => {
    asked.push(request.method);
    return Promise.resolve(new Response("ok"));
  }, appOrigin);
  return handler(new Request(url, init)).then(({ status, headers }) => ({
    status,
    allow: headers.get("allow"),
    location: headers.get("location"),
    reached: asked.length,
  }));
}

for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]) {
  Deno.test(`frontDoor() lets ${method} through`, async () => {
    assertEquals((await ask({ method })).reached, 1);
  });
}

for (const method of ["PROPFIND", "SEARCH", "X".repeat(1_024)]) {
  const shown = method.slice(0, 10);
  Deno.test(`frontDoor() answers ${shown} 405 (X17)`, async () => {
    const { status, reached, allow } = await ask({ method });
    assertEquals([status, reached], [405, 0]);
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
  Deno.test(`frontDoor() ${allowed ? "takes" : "refuses"} Host ${host} (H2)`, async () => {
    const { status } = await ask({ headers: { host } });
    assertEquals(status, allowed ? 200 : 400);
  });
}

Deno.test("frontDoor() answers a path that is no percent-encoding 400", async () => {
  const { status, reached } = await ask({}, {
    url: `${URL_OF_APP}orders/%zz`,
  });
  assertEquals([status, reached], [400, 0]);
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
  Deno.test(`frontDoor() sends ${url} to the app's own origin`, async () => {
    const answer = await ask(PAGE, { url, appOrigin: LOCAL_ORIGIN });
    assertEquals([answer.status, answer.reached], [307, 0]);
    assertEquals(answer.location, LOCAL_ORIGIN + location);
  });
}

const answered: [why: string, url: string, init: RequestInit, app: string][] = [
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
  ["in production", "http://127.0.0.1/", PAGE, "https://app.example"],
  ["in production (H1)", "http://evil.com/", PAGE, "https://app.example"],
];
for (const [why, url, init, appOrigin] of answered) {
  Deno.test(`frontDoor() answers a request ${why}`, async () => {
    const { status, reached } = await ask(init, { url, appOrigin });
    assertEquals([status, reached], [200, 1]);
  });
}
