import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { builtSite } from "./fixture.ts";
import { ask, documentOf } from "./helpers.ts";

/** The texts of the stylesheets that the page at `path` links in its head. */
async function stylesOf(path: string): Promise<string[]> {
  const handler = await builtSite();
  const document = documentOf(await ask(handler, path));
  const links = [...document.querySelectorAll("head > link[rel=stylesheet]")];
  return await Promise.all(links.map(async (link) => {
    const url = link.getAttribute("href") ?? "";
    assert(url.startsWith("/assets/"), url);
    const { status, headers, body } = await ask(handler, url);
    assertEquals([status, headers.get("content-type")], [
      200,
      "text/css; charset=UTF-8",
    ]);
    assertStringIncludes(headers.get("cache-control") ?? "", "immutable");
    return body;
  }));
}

Deno.test("O10 the styles of client.ts are linked on every page", async () => {
  for (const path of ["/", "/docs/island", "/docs/card"]) {
    const [first = ""] = await stylesOf(path);
    assertStringIncludes(first, "body{");
  }
});

Deno.test("I8 an island's styles are linked where it is used", async () => {
  const used = (await stylesOf("/docs/island")).join("");
  assertStringIncludes(used, "padding:3px");
  const unused = (await stylesOf("/docs/card")).join("");
  assertEquals(unused.includes("padding:3px"), false);
});

Deno.test("I8 classes of CSS modules match their styles", async () => {
  const styles = (await stylesOf("/docs/island")).join("");
  const document = documentOf(await ask(await builtSite(), "/docs/island"));
  const name = document.getElementById("box")?.getAttribute("class");
  assertStringIncludes(styles, `.${name}{`);
});

Deno.test("G1 a route's styles are linked on its page only", async () => {
  const styles = (await stylesOf("/docs/card")).join("");
  assertStringIncludes(styles, "margin:9px");
  assertStringIncludes(styles, "margin:7px");
  assertEquals((await stylesOf("/")).join("").includes("margin:9px"), false);
});

Deno.test("I2 client.ts runs on pages with islands only", async () => {
  const handler = await builtSite();
  const plain = documentOf(await ask(handler, "/"));
  assertEquals(plain.querySelectorAll("script").length, 0);
  const page = documentOf(await ask(handler, "/docs/island"));
  const [script] = page.querySelectorAll("script");
  const urls = script?.textContent?.match(/\/assets\/[^"']+\.js/g) ?? [];
  const modules = await Promise.all(urls.map((url) => ask(handler, url)));
  assert(modules.some(({ body }) => body.includes("dataset.client")));
});

Deno.test("I2 modules of islands are preloaded by a Link header", async () => {
  const { headers } = await ask(await builtSite(), "/docs/island");
  const preloads = headers.get("link")?.split(", ") ?? [];
  assertEquals(preloads.length, 2);
  for (const preload of preloads) {
    assertStringIncludes(preload, `>; rel="modulepreload"; as="script"`);
  }
  assertEquals((await ask(await builtSite(), "/")).headers.get("link"), null);
});
