import { assert, assertEquals } from "@std/assert";
import { listen, type Listening } from "../src/listen.ts";
import type { HttpRequest } from "../src/http/http_request.ts";

function start(
  handler: (request: HttpRequest) => Promise<Response>,
): Promise<Listening> {
  return listen(
    { hostname: "127.0.0.1", port: 0 },
    async (request) => ({ response: await handler(request), headers: {} }),
  );
}

Deno.test("serve() stops reading a body when its client has left", async () => {
  const { promise: cancelled, resolve } = Promise.withResolvers<string>();
  const timeout = setTimeout(() => resolve("still read"), 20_000);
  const server = await start(() => {
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(new Uint8Array(1)),
      cancel: () => resolve("cancelled"),
    });
    return Promise.resolve(new Response(body));
  });
  const response = await fetch(`http://127.0.0.1:${server.port}`);
  await response.body?.cancel();
  assertEquals(await cancelled, "cancelled");
  clearTimeout(timeout);
  await server.close();
});

Deno.test("serve() answers 500 when the handler throws", async () => {
  const server = await start(() => Promise.reject(new Error("secret")));
  const response = await fetch(`http://127.0.0.1:${server.port}`);
  assertEquals(response.status, 500);
  assert(!(await response.text()).includes("secret"));
  await server.close();
});

Deno.test("serve() passes on method, URL, headers and body bytes", async () => {
  const server = await start(async (request) => {
    const { method, url, headers } = request;
    const { length } = await request.text();
    return Response.json({ method, url, length, a: headers.get("x-a") });
  });
  const url = `http://127.0.0.1:${server.port}//evil.example/%41?x=%20`;
  const init = { method: "PATCH", headers: { "x-a": "1" } };
  const response = await fetch(url, { ...init, body: new Uint8Array(70_000) });
  const sent = { method: "PATCH", url, length: 70_000, a: "1" };
  assertEquals(await response.json(), sent);
  await server.close();
});

Deno.test("serve() keeps several cookies apart", async () => {
  const headers = new Headers([["set-cookie", "a=1"], ["set-cookie", "b=2"]]);
  const server = await start(() =>
    Promise.resolve(new Response("x", { headers }))
  );
  const response = await fetch(`http://127.0.0.1:${server.port}`);
  assertEquals(response.headers.getSetCookie(), ["a=1", "b=2"]);
  assertEquals(await response.text(), "x");
  await server.close();
});
