import { assertEquals } from "@std/assert";
import { createGatewayFetch } from "../../src/browser/gateway_fetch.ts";

const API = "https://www.wixapis.com";

function browserFetch(respond: (call: number) => Response | Promise<Response>) {
  const sent: unknown[] = [];
  const call = createGatewayFetch(async (input, { headers, method } = {}) => {
    sent.push([method, input, headers]);
    return await respond(sent.length);
  });
  return { call, sent };
}

const ok = () => Response.json({});
const offline = () => Promise.reject(new TypeError("offline"));

Deno.test("calls of the SDK go to the gateway, with its header and no other", async () => {
  const { call, sent } = browserFetch(ok);
  const headers = { Authorization: "", "x-wix-bi-gateway": "js-sdk" };
  const query = `${API}/members/v1/members/query?a=b`;
  await call(query, { method: "POST", body: "{}", headers });
  await call(`${API}/members/v1/members/my?fieldsets=FULL`, { method: "GET" });
  const json = { "X-Wix-Gateway": "1", "Content-Type": "application/json" };
  assertEquals(sent, [
    ["POST", "/api/wix/members/v1/members/query?a=b", json],
    ["GET", "/api/wix/members/v1/members/my?fieldsets=FULL", {
      "X-Wix-Gateway": "1",
    }],
  ]);
});

for (const id of ["../members/my", "a/../../x", "x?y", "..\\x", "%2e%2e"]) {
  Deno.test(`the id ${id}, which would change the path, is not sent (S20)`, async () => {
    const { call, sent } = browserFetch(ok);
    const query = new URLSearchParams({ id });
    const response = await call(`${API}/ecom/v1/orders/${id}?${query}`);
    assertEquals([response.status, sent], [400, []]);
  });
}

Deno.test("other calls wait for a page's first one, so that it starts one session (X21)", async () => {
  const first = Promise.withResolvers<Response>();
  const { call, sent } = browserFetch((n) => n === 1 ? first.promise : ok());
  const calls = [1, 2, 3].map((id) => call(`${API}/x/${id}`));
  await Promise.resolve();
  assertEquals(sent.length, 1);
  first.resolve(ok());
  await Promise.all(calls);
  assertEquals(sent.length, 3);
  const failing = browserFetch((n) => n === 1 ? offline() : ok()).call;
  const responses = [1, 2].map((id) => failing(`${API}/x/${id}`));
  const statuses = (await Promise.all(responses)).map((it) => it.status);
  assertEquals(statuses, [503, 200]);
});

const cut = () =>
  new Response(ReadableStream.from((async function* () {
    yield new TextEncoder().encode('{"members":');
    await offline();
  })()));
for (const [what, respond] of Object.entries({ offline, cut })) {
  Deno.test(`a response that is ${what} is a status and a code for the SDK`, async () => {
    const response = await browserFetch(respond).call(`${API}/x`);
    const { details } = await response.json();
    assertEquals(response.status, 503);
    assertEquals(details.applicationError.code, "GATEWAY_UNREACHABLE");
  });
}

Deno.test("a complete response keeps status, headers and bytes", async () => {
  const init = { status: 404, headers: { "x-wix-request-id": "17.1" } };
  const { call } = browserFetch(() => Response.json({ a: "é" }, init));
  const response = await call(`${API}/x`);
  assertEquals(response.status, 404);
  assertEquals(response.headers.get("x-wix-request-id"), "17.1");
  assertEquals(await response.json(), { a: "é" });
});
