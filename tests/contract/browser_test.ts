import { assertEquals } from "@std/assert";
import { chromium, type Page } from "playwright-core";
import { builtFixture } from "./fixture.ts";

const CHROMIUM = Deno.env.get("CHROME_PATH") ?? "/usr/bin/chromium";

/** Whether there is a browser to test with. */
function hasChromium(): boolean {
  try {
    return Deno.statSync(CHROMIUM).isFile;
  } catch {
    return false;
  }
}

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
  await using browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.addr.port}${path}`);
  await visit(page);
}

Deno.test({
  name: "I4 I7 islands hydrate, share signals and get their props" +
    (hasChromium() ? "" : " (no Chromium: set CHROME_PATH)"),
  ignore: !hasChromium(),
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
