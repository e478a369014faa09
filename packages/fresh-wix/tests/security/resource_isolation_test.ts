import { assertEquals, assertStringIncludes } from "@std/assert";
import { App } from "fresh";
import type { WixState } from "../../src/context.ts";
import {
  isAllowedRequest,
  isSameOrigin,
  resourceIsolation,
} from "../../src/security/resource_isolation.ts";

const APP = "https://app.example";

/** [id, method, site, mode, destination, allowed] */
const rows: [string, string, string, string, string, boolean][] = [
  ["a link of another site", "GET", "cross-site", "navigate", "document", true],
  ["our own fetch", "POST", "same-origin", "cors", "empty", true],
  ["our own form", "POST", "same-origin", "navigate", "document", true],
  ["our own preflight", "OPTIONS", "same-origin", "cors", "empty", true],
  ["a sibling's image", "GET", "same-site", "no-cors", "image", true],
  ["an address typed", "GET", "none", "navigate", "document", true],
  ["X1 a form", "POST", "cross-site", "navigate", "document", false],
  ["X5 a sibling's form", "POST", "same-site", "navigate", "document", false],
  ["X18 a preflight", "OPTIONS", "cross-site", "cors", "empty", false],
  [
    "X18 a link as OPTIONS",
    "OPTIONS",
    "cross-site",
    "navigate",
    "document",
    false,
  ],
  ["X19 a form to a page", "POST", "cross-site", "navigate", "document", false],
  ["X20 an image", "GET", "cross-site", "no-cors", "image", false],
  ["X20 what is no navigation", "GET", "cross-site", "cors", "document", false],
  ["X20 a frame", "GET", "cross-site", "navigate", "iframe", false],
  ["X20 a fetch", "GET", "cross-site", "cors", "empty", false],
  ["X22 a WebSocket", "GET", "cross-site", "websocket", "websocket", false],
];
for (const [id, method, site, mode, destination, allowed] of rows) {
  Deno.test(`isAllowedRequest() of ${id} is ${allowed}`, () => {
    const request = new Request("https://app.example/", {
      method,
      headers: {
        "sec-fetch-site": site,
        "sec-fetch-mode": mode,
        "sec-fetch-dest": destination,
      },
    });
    assertEquals(isAllowedRequest(request, APP), allowed);
  });
}

for (const method of ["GET", "HEAD", "OPTIONS"]) {
  Deno.test(`isAllowedRequest() lets clients that are no browsers ${method}`, () => {
    assertEquals(isAllowedRequest(new Request(APP, { method }), APP), true);
  });
}

for (const method of ["POST", "PUT", "PATCH", "DELETE", "QUERY"]) {
  Deno.test(`isAllowedRequest() lets our own pages ${method}, and nobody else`, () => {
    const asked = (headers: HeadersInit) =>
      isAllowedRequest({ method, headers: new Headers(headers) }, APP);
    assertEquals(asked({ origin: APP }), true);
    assertEquals(asked({ origin: "https://evil.example" }), false);
    assertEquals(asked({}), false);
  });
}

/** [id, Sec-Fetch-Site, Origin, allowed] */
const origins: [string, string | null, string | null, boolean][] = [
  ["our own form", "same-origin", APP, true],
  ["our own form without Origin", "same-origin", null, true],
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
  ["X12 another port", null, `${APP}:8443`, false],
  ["X12 http", null, "http://app.example", false],
  ["X12 upper case", null, "https://APP.EXAMPLE", false],
  ["X12 a dot at the end", null, `${APP}.`, false],
  ["X13 a list", null, `${APP}, ${APP}`, false],
  ["neither header", null, null, false],
  ["another word", "SAME-ORIGIN", APP, false],
];
for (const [id, site, origin, allowed] of origins) {
  Deno.test(`isSameOrigin() of ${id} is ${allowed}`, () => {
    const headers = new Headers();
    if (site !== null) headers.set("sec-fetch-site", site);
    if (origin !== null) headers.set("origin", origin);
    assertEquals(isSameOrigin(headers, APP), allowed);
  });
}

/** On a preview nobody knows the origin: only the browser's word counts. */
const onPreview: [string | null, string | null, boolean][] = [
  ["same-origin", "https://app-b2f0a4.shop.deno.net", true],
  ["same-origin", null, true],
  ["same-site", "https://evil.shop.deno.net", false],
  ["cross-site", "https://evil.example", false],
  ["none", null, false],
  [null, "https://app-b2f0a4.shop.deno.net", false],
  [null, null, false],
];
for (const [site, origin, allowed] of onPreview) {
  Deno.test(`isSameOrigin() on a preview, of ${site} from ${origin}, is ${allowed}`, () => {
    const headers = new Headers();
    if (site !== null) headers.set("sec-fetch-site", site);
    if (origin !== null) headers.set("origin", origin);
    assertEquals(isSameOrigin(headers, undefined), allowed);
  });
}

Deno.test("a refused request reaches no route, and says why to whoever wrote it", async () => {
  let reached = 0;
  const handler = new App<WixState>()
    .use(resourceIsolation({ appOrigin: APP }))
    .post("/mine", () => {
      reached++;
      return new Response("changed");
    })
    .handler();
  const post = (origin: string) =>
    handler(
      new Request(`${APP}/mine`, { method: "POST", headers: { origin } }),
    );

  const refused = await post("https://sibling.app.example");
  assertEquals([refused.status, reached], [403, 0]);
  assertStringIncludes(await refused.text(), "not come from a page");
  assertEquals(refused.headers.get("cache-control"), "private, no-store");

  const allowed = await post(APP);
  assertEquals([await allowed.text(), reached], ["changed", 1]);
});
