import { assertEquals } from "@std/assert";
import { frontDoor } from "@/lib/http/front_door.ts";

const URL_OF_APP = "https://app.example/";

function ask(init: RequestInit, url = URL_OF_APP) {
  const asked: string[] = [];
  const handler = frontDoor((request) => {
    asked.push(request.method);
    return Promise.resolve(new Response("ok"));
  });
  return handler(new Request(url, init)).then(({ status, headers }) => ({
    status,
    allow: headers.get("allow"),
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
  ["evil.com/account?y=", false],
  ["evil.com\\x", false],
  ["user@evil.com", false],
  ["a b", false],
  ["a,b", false],
  ["evil.com:99999999", false],
];
for (const [host, allowed] of hosts) {
  Deno.test(`frontDoor() ${allowed ? "takes" : "refuses"} Host ${host} (H2)`, async () => {
    const { status } = await ask({ headers: { host } });
    assertEquals(status, allowed ? 200 : 400);
  });
}

Deno.test("frontDoor() answers a path that is no percent-encoding 400", async () => {
  const { status, reached } = await ask({}, `${URL_OF_APP}orders/%zz`);
  assertEquals([status, reached], [400, 0]);
});
