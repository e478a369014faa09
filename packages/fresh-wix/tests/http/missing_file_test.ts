import { assertEquals } from "@std/assert";
import { App } from "fresh";
import type { WixState } from "../../src/context.ts";
import { missingFile } from "../../src/http/responses.ts";

const ask = new App<WixState>()
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
  Deno.test(`missingFile() answers ${path} ${isFile ? "itself" : "with a page"} (H14)`, async () => {
    const response = await ask(new Request(`https://app.example${path}`));
    assertEquals(
      [response.status, await response.text()],
      isFile ? [404, ""] : [200, "a page, with its session"],
    );
  });
}
