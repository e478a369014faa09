import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import {
  BROWSER_NOTE,
  CHROMIUM_PATH,
  launchChromium,
} from "@/tests/helpers/chromium.ts";
import { builtFixture } from "./fixture.ts";

/** Opens `path` of the fixture in a browser of its own. */
async function inBrowser(
  path: string,
  visit: (page: Page) => Promise<void>,
): Promise<void> {
  const handler = await builtFixture();
  await using server = Deno.serve({
    port: 0,
    hostname: "127.0.0.1",
    onListen: () => {},
  }, handler);
  await using browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.addr.port}${path}`);
  await visit(page);
}

Deno.test({
  name: "I4 I7 islands hydrate, share signals and get their props" +
    BROWSER_NOTE,
  ignore: CHROMIUM_PATH === undefined,
  fn: () =>
    inBrowser("/islands/echo", async (page) => {
      await page.locator("#where", { hasText: "browser" }).waitFor();
      const [first, second] = await page.locator("button").all();
      await first?.click();
      await second?.click();
      assertEquals(await page.locator("button").allTextContents(), ["5", "5"]);
      const echo = await page.locator("#echo").textContent();
      assertEquals(JSON.parse(echo ?? ""), {
        hostile: "String </script><!-- <script>",
        nan: "Number NaN",
        infinite: "Number -Infinity",
        negativeZero: "Number -0",
        yes: "Boolean true",
        nothing: "Null null",
        missing: "Undefined undefined",
        big: "BigInt 12345678901234567890",
        date: "Date 1970-01-01T00:00:00.000Z",
        url: "URL https://example.com/a?b#c",
        map: "Map k,1",
        set: "Set 1,2",
        list: "Array 3",
        constant: "Number 7",
      });
      const comments = await page.evaluate(() => {
        const walker = document.createTreeWalker(
          document.body,
          NodeFilter.SHOW_COMMENT,
        );
        return walker.nextNode();
      });
      assertEquals(comments, null);
    }),
});
