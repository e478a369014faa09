import { assertEquals } from "@std/assert";
import { refuseUnlessNavigation } from "../../src/oauth/navigation.ts";

const requests: [
  id: string,
  method: string,
  headers: Record<string, string>,
  status: number | undefined,
][] = [
  ["a navigation", "GET", { "sec-fetch-mode": "navigate" }, undefined],
  ["a client without Fetch Metadata", "GET", {}, undefined],
  ["another purpose", "GET", { purpose: "feed" }, undefined],
  ["C19 HEAD", "HEAD", {}, 405],
  ["POST", "POST", {}, 405],
  ["C19 a prefetch", "GET", { "sec-purpose": "prefetch" }, 503],
  ["C19 a prerender", "GET", { "sec-purpose": "prefetch;prerender" }, 503],
  ["C19 an older prefetch", "GET", { purpose: "prefetch" }, 503],
  ["C19 Firefox's prefetch", "GET", { "x-moz": "prefetch" }, 503],
  ["C19 Safari's preview", "GET", { "x-purpose": "preview" }, 503],
  ["a script's fetch", "GET", { "sec-fetch-mode": "cors" }, 403],
  ["an image", "GET", { "sec-fetch-mode": "no-cors" }, 403],
];
for (const [id, method, headers, status] of requests) {
  Deno.test(`a login is ${status ? `refused with ${status}` : "begun"} for ${id}`, () => {
    const request = new Request("http://localhost/", { method, headers });
    const refusal = refuseUnlessNavigation(request);
    assertEquals(refusal?.status, status);
  });
}
