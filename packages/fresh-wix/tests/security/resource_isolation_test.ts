import { assertEquals, assertStringIncludes } from "@std/assert";
import { App } from "fresh";
import type { WixState } from "../../src/context.ts";
import {
  isAllowedRequest,
  isSameOrigin,
  resourceIsolation,
} from "../../src/security/resource_isolation.ts";

const APP = "https://app.example";

/** Method, Fetch Metadata, and whether the request is allowed. */
const rows: [id: string, request: string, allowed: boolean][] = [
  ["a link of another site", "GET cross-site navigate document", true],
  ["our own fetch", "POST same-origin cors empty", true],
  ["our own form", "POST same-origin navigate document", true],
  ["our own preflight", "OPTIONS same-origin cors empty", true],
  ["a sibling's image", "GET same-site no-cors image", true],
  ["an address typed", "GET none navigate document", true],
  ["X1, X19 a form", "POST cross-site navigate document", false],
  ["X5 a sibling's form", "POST same-site navigate document", false],
  ["X18 a preflight", "OPTIONS cross-site cors empty", false],
  ["X18 a link as OPTIONS", "OPTIONS cross-site navigate document", false],
  ["X20 an image", "GET cross-site no-cors image", false],
  ["X20 what is no navigation", "GET cross-site cors document", false],
  ["X20 a frame", "GET cross-site navigate iframe", false],
  ["X20 a fetch", "GET cross-site cors empty", false],
  ["X22 a WebSocket", "GET cross-site websocket websocket", false],
];
for (const [id, request, allowed] of rows) {
  Deno.test(`isAllowedRequest() of ${id} is ${allowed}`, () => {
    const [method = "", site = "", mode = "", to = ""] = request.split(" ");
    const headers = new Headers({
      "sec-fetch-site": site,
      "sec-fetch-mode": mode,
      "sec-fetch-dest": to,
    });
    assertEquals(isAllowedRequest({ method, headers }, APP), allowed);
  });
}

for (const method of ["GET", "HEAD", "OPTIONS", "POST", "PUT", "QUERY"]) {
  const isSafe = ["GET", "HEAD", "OPTIONS"].includes(method);
  Deno.test(`isAllowedRequest() allows ${isSafe ? "any client" : "our own pages"} ${method}`, () => {
    const isAllowed = (headers: HeadersInit) =>
      isAllowedRequest({ method, headers: new Headers(headers) }, APP);
    assertEquals(isAllowed({ origin: APP }), true);
    assertEquals(isAllowed({}), isSafe);
    if (isSafe) return;
    assertEquals(isAllowed({ origin: "https://evil.example" }), false);
  });
}

const PREVIEW = "https://app-b2f0a4.shop.deno.net";
type Sent = [site: string | null, origin: string | null];
const origins: [id: string, ...Sent, allowed: boolean, app?: "unknown"][] = [
  ["our own form", "same-origin", APP, true],
  ["a browser without Fetch Metadata", null, APP, true],
  ["typed, with our Origin", "none", APP, true],
  ["X4", "cross-site", null, false],
  ["X5", "same-site", APP, false],
  ["X6", "none", null, false],
  ["X8", "cross-site", APP, false],
  ["X9", null, "https://evil.example", false],
  ["X10", null, "null", false],
  ["X10 with same-origin", "same-origin", "null", false],
  ["X12 a longer host", null, `${APP}.evil.com`, false],
  ["X12 http", null, "http://app.example", false],
  ["X13 a list", null, `${APP}, ${APP}`, false],
  ["neither header", null, null, false],
  ["another word", "SAME-ORIGIN", APP, false],
  // A preview does not know its origin: only the browser's word counts.
  ["a form on a preview", "same-origin", PREVIEW, true, "unknown"],
  ["a fetch on a preview", "same-origin", null, true, "unknown"],
  ["a sibling", "same-site", "https://x.deno.net", false, "unknown"],
  ["another site", "cross-site", "https://evil.example", false, "unknown"],
  ["an address typed", "none", null, false, "unknown"],
  ["a browser without Fetch Metadata", null, PREVIEW, false, "unknown"],
  ["neither header on a preview", null, null, false, "unknown"],
];
for (const [id, site, origin, allowed, appOrigin] of origins) {
  Deno.test(`isSameOrigin() of ${id} (${site}, ${origin}) is ${allowed}`, () => {
    const headers = new Headers();
    if (site !== null) headers.set("sec-fetch-site", site);
    if (origin !== null) headers.set("origin", origin);
    const known = appOrigin === undefined ? APP : undefined;
    assertEquals(isSameOrigin(headers, known), allowed);
  });
}

Deno.test("a refused request reaches no route, and the response says why", async () => {
  const handler = new App<WixState>()
    .use(resourceIsolation({ appOrigin: APP }))
    .post("/mine", () => new Response("changed"))
    .post("/api/webhooks/:name", () => new Response("received"))
    .handler();
  const post = (origin: string, path = "/mine") =>
    handler(new Request(APP + path, { method: "POST", headers: { origin } }));
  const refused = await post("https://sibling.app.example");
  assertEquals(refused.status, 403);
  assertStringIncludes(await refused.text(), "not come from a page");
  assertEquals(refused.headers.get("cache-control"), "private, no-store");
  assertEquals(await (await post(APP)).text(), "changed");
  // Signed, and no page's.
  const event = await post("https://wix.example", "/api/webhooks/shop");
  assertEquals(await event.text(), "received");
  const around = ["/api/webhooks/../mine", "/api/webhooks/%2e%2e/mine"];
  for (const path of [...around, "/api/webhooks/..%2f..%2fmine/x"]) {
    const { status } = await post("https://sibling.app.example", path);
    assertEquals([403, 404].includes(status), true, path);
  }
});
