import { assertEquals, assertStrictEquals } from "@std/assert";
import { App } from "fresh";
import type { WixState } from "../../src/context.ts";
import { missingFile, mutableResponse } from "../../src/http/responses.ts";

Deno.test("mutableResponse() only copies responses with immutable headers", () => {
  const response = new Response("body");
  assertStrictEquals(mutableResponse(response), response);
  const redirect = Response.redirect("https://shop.example/", 303);
  const copy = mutableResponse(redirect);
  copy.headers.set("cache-control", "no-store");
  assertEquals(copy.status, 303);
  assertEquals(copy.headers.get("location"), "https://shop.example/");
});

const handler = new App<WixState>()
  .use(missingFile)
  .use(() => new Response("a page, with its session"))
  .handler();

const paths: [path: string, isFile: boolean][] = [
  ["/_fresh/js/of-an-earlier-build.js", true],
  ["/assets/of-an-earlier-build.css", true],
  ["/favicon.ico", true],
  ["/", false],
  ["/assets", false],
  ["/account/assets/x", false],
  ["/favicon.ico/x", false],
];
for (const [path, isFile] of paths) {
  Deno.test(`missingFile() responds to ${path} ${isFile ? "itself" : "with a page"} (H14)`, async () => {
    const response = await handler(new Request(`https://app.example${path}`));
    const found = [response.status, await response.text()];
    assertEquals(found, isFile ? [404, ""] : [200, "a page, with its session"]);
  });
}
