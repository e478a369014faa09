import { assert, assertEquals } from "@std/assert";
import { type LocalWix, startLocalWix } from "../src/mod.ts";
import { authRequest, get, pageUrl, post } from "./helpers/http.ts";

const PATH = "/members/v1/members/query";
const PAGE = "http://localhost:5173";
const SENT_BY_SDK = ["authorization", "content-type", "x-wix-bi-gateway"];

Deno.test("a page of this machine may call the APIs as the SDK does", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { status, headers } = await preflight(wix, PATH, PAGE);
  assertEquals(status, 204);
  assertEquals(headers.get("access-control-allow-origin"), PAGE);
  const methods = headers.get("access-control-allow-methods")?.split(", ");
  assert(methods?.includes("POST"), String(methods));
  const names = headers.get("access-control-allow-headers")?.split(",");
  assertEquals(names, SENT_BY_SDK);
  assertEquals(wix.controls.counters.unanswered, 0);
});

Deno.test("a page may read answers and refusals, with their request id", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const origin = { origin: PAGE };
  const sent = { grantType: "none" };
  for (
    const { headers } of [
      await get(wix, "/members/v1/members/my", origin),
      await post(wix, "/oauth2/token", sent, origin),
    ]
  ) {
    assertEquals(headers.get("access-control-allow-origin"), PAGE);
    assertEquals(headers.get("vary"), "origin");
    const exposed = headers.get("access-control-expose-headers")?.split(", ");
    assert(exposed?.includes("x-wix-request-id"), String(exposed));
  }
});

Deno.test("[assumed] a page of another site may not, until its origin is allowed", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const origin = "https://shop.example";
  const allowedFor = async () => {
    const { headers } = await preflight(wix, PATH, origin);
    return headers.get("access-control-allow-origin");
  };
  assertEquals(await allowedFor(), null);
  const { headers } = await get(wix, "/members/v1/members/my", { origin });
  assertEquals(headers.get("access-control-allow-origin"), null);
  wix.controls.change({ allowedOrigins: [origin] });
  assertEquals(await allowedFor(), origin);
});

Deno.test("console, controls and hosted pages are open to no other origin", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const login = await pageUrl(wix, { auth: { authRequest: authRequest() } });
  for (
    const path of ["/", "/_local/overview", login.slice(wix.origin.length)]
  ) {
    const { headers } = await preflight(wix, path, PAGE);
    assertEquals(headers.get("access-control-allow-origin"), null, path);
    const page = await fetch(wix.origin + path, { headers: { origin: PAGE } });
    await page.body?.cancel();
    assertEquals(page.headers.get("access-control-allow-origin"), null, path);
  }
});

/** What a browser asks before it lets a page of `origin` call `path`. */
async function preflight(
  wix: LocalWix,
  path: string,
  origin: string,
): Promise<Response> {
  const response = await fetch(wix.origin + path, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": SENT_BY_SDK.join(),
    },
  });
  await response.body?.cancel();
  return response;
}
