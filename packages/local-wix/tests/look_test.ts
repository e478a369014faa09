import { assert, assertEquals } from "@std/assert";
import type { Browser } from "playwright-core";
import { type LocalWix, startLocalWix } from "../src/mod.ts";
import {
  BROWSER_NOTE,
  CHROMIUM_PATH,
  launchChromium,
} from "./helpers/chromium.ts";
import { authRequest, get, memberTokens, pageUrl } from "./helpers/http.ts";

/** A test in a browser, whose pages run no scripts. */
const test = (
  name: string,
  run: (wix: LocalWix, browser: Browser) => Promise<void>,
) =>
  Deno.test({
    name: `${name}, without JavaScript${BROWSER_NOTE}`,
    ignore: CHROMIUM_PATH === undefined,
    async fn() {
      await using wix = await startLocalWix({ port: 0 });
      await using browser = await launchChromium();
      await run(wix, browser);
    },
  });

test("pages fit their window", async (wix, browser) => {
  await memberTokens(wix);
  await get(wix, `/a/rather/${"long".repeat(60)}/path`);
  wix.controls.failNext("GET /members/v1/members/my", { status: 500 });
  const login = await pageUrl(wix, { auth: { authRequest: authRequest() } });
  const stale = `${wix.origin}/_pages/login?session=stale`;
  const page = await browser.newPage({ javaScriptEnabled: false });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const url of [wix.origin, login, stale]) {
      await page.goto(url);
      const wide = await page.locator("html").evaluate((html) =>
        html.scrollWidth
      );
      assert(wide <= width, `${url} is ${wide} wide`);
    }
  }
});

test("the console works", async ({ origin, controls }, browser) => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(origin);
  const form = page.locator('form[action="/_local/fail"]');
  const target = "GET /members/v1/members";
  await form.locator('[name="target"]').first().selectOption(target);
  const fault = { label: "429 too many requests" };
  await form.locator('[name="fault"]').selectOption(fault);
  await form.getByRole("button", { name: "Add" }).click();
  assertEquals(page.url(), `${origin}/`);
  assertEquals(controls.faults.map(({ target }) => target), [target]);
  await page.getByRole("button", { name: "Clear all" }).click();
  assertEquals(controls.faults, []);
  await page.getByRole("button", { name: "+ 1 day" }).click();
  assertEquals(controls.clockOffsetSeconds, 86_400);
  await page.getByRole("button", { name: "Reset" }).click();
  assertEquals(controls.clockOffsetSeconds, 0);
});
