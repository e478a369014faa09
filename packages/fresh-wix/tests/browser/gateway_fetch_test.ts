import { assertEquals } from "@std/assert";
import { createGatewayFetch } from "../../src/browser/gateway_fetch.ts";

const API = "https://www.wixapis.com";

function browserFetch(answer: (call: number) => Response | Promise<Response>) {
  const sent: { path: string; headers: unknown; method: unknown }[] = [];
  const call = createGatewayFetch(async (input, init) => {
    const { headers, method } = init ?? {};
    sent.push({ path: String(input), headers, method });
    return await answer(sent.length);
  });
  return { call, sent };
}

const ok = () => Response.json({});

Deno.test("calls of the SDK go to the gateway, with its header and no other", async () => {
  const { call, sent } = browserFetch(ok);
  await call(`${API}/members/v1/members/query?a=b`, {
    method: "POST",
    body: "{}",
    headers: { Authorization: "", "x-wix-bi-gateway": "environment=js-sdk" },
  });
  assertEquals(sent, [{
    path: "/api/wix/members/v1/members/query?a=b",
    method: "POST",
    headers: { "X-Wix-Gateway": "1", "Content-Type": "application/json" },
  }]);
});

Deno.test("a call without a body says nothing about its type", async () => {
  const { call, sent } = browserFetch(ok);
  await call(`${API}/members/v1/members/my?fieldsets=FULL`, { method: "GET" });
  assertEquals(sent, [{
    path: "/api/wix/members/v1/members/my?fieldsets=FULL",
    method: "GET",
    headers: { "X-Wix-Gateway": "1" },
  }]);
});

Deno.test("an id that would lead elsewhere is not sent", async () => {
  for (const id of ["../members/my", "a/../../x", "x?y", "..\\x", "%2e%2e"]) {
    const { call, sent } = browserFetch(ok);
    const query = new URLSearchParams({ id });
    const response = await call(`${API}/ecom/v1/orders/${id}?${query}`);
    assertEquals(response.status, 400, id);
    assertEquals(sent, [], id);
  }
});

Deno.test("the first call of a page goes alone, so that it begins one session (X21)", async () => {
  const first = Promise.withResolvers<Response>();
  const { call, sent } = browserFetch((n) => n === 1 ? first.promise : ok());
  const calls = [1, 2, 3].map((id) => call(`${API}/x/${id}`));
  await Promise.resolve();
  assertEquals(sent.length, 1);
  first.resolve(ok());
  await Promise.all(calls);
  assertEquals(sent.map(({ path }) => path), [
    "/api/wix/x/1",
    "/api/wix/x/2",
    "/api/wix/x/3",
  ]);
});

Deno.test("the others go when the first has failed, too", async () => {
  const { call } = browserFetch((n) =>
    n === 1 ? Promise.reject(new TypeError("offline")) : ok()
  );
  const [first, second] = await Promise.all([
    call(`${API}/x/1`),
    call(`${API}/x/2`),
  ]);
  assertEquals(first?.status, 503);
  assertEquals(second?.status, 200);
});

Deno.test("without a connection the SDK gets a status and a code", async () => {
  const { call } = browserFetch(() => Promise.reject(new TypeError("offline")));
  const response = await call(`${API}/x`);
  assertEquals(response.status, 503);
  const { details } = await response.json();
  assertEquals(details.applicationError.code, "GATEWAY_UNREACHABLE");
});

Deno.test("an answer that is cut short is none", async () => {
  const { call } = browserFetch(() => {
    const body = ReadableStream.from((async function* () {
      yield new TextEncoder().encode('{"members":');
      await Promise.reject(new TypeError("cut"));
    })());
    return new Response(body);
  });
  const response = await call(`${API}/x`);
  assertEquals(response.status, 503);
  const { details } = await response.json();
  assertEquals(details.applicationError.code, "GATEWAY_UNREACHABLE");
});

Deno.test("a whole answer keeps status, headers and bytes", async () => {
  const { call } = browserFetch(() =>
    Response.json({ a: "é" }, {
      status: 404,
      headers: { "x-wix-request-id": "17.1" },
    })
  );
  const response = await call(`${API}/x`);
  assertEquals(response.status, 404);
  assertEquals(response.headers.get("x-wix-request-id"), "17.1");
  assertEquals(await response.json(), { a: "é" });
});
