import { assertEquals } from "@std/assert";
import { isWelcome } from "@/lib/security/resource_isolation.ts";

/** [id, method, site, mode, destination, welcome] */
const rows: [string, string, string, string, string, boolean][] = [
  ["a link of another site", "GET", "cross-site", "navigate", "document", true],
  ["our own fetch", "POST", "same-origin", "cors", "empty", true],
  ["our own form", "POST", "same-origin", "navigate", "document", true],
  ["a sibling's image", "GET", "same-site", "no-cors", "image", true],
  ["an address typed", "GET", "none", "navigate", "document", true],
  ["X1 a form", "POST", "cross-site", "navigate", "document", false],
  ["X19 a form to a page", "POST", "cross-site", "navigate", "document", false],
  ["X20 an image", "GET", "cross-site", "no-cors", "image", false],
  ["X20 a frame", "GET", "cross-site", "navigate", "iframe", false],
  ["X20 a fetch", "GET", "cross-site", "cors", "empty", false],
  ["X22 a WebSocket", "GET", "cross-site", "websocket", "websocket", false],
];
for (const [id, method, site, mode, destination, welcome] of rows) {
  Deno.test(`isWelcome() of ${id} is ${welcome}`, () => {
    const request = new Request("https://app.example/", {
      method,
      headers: {
        "sec-fetch-site": site,
        "sec-fetch-mode": mode,
        "sec-fetch-dest": destination,
      },
    });
    assertEquals(isWelcome(request), welcome);
  });
}

Deno.test("isWelcome() lets in clients that are no browsers", () => {
  assertEquals(isWelcome(new Request("https://app.example/")), true);
});
