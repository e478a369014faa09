import { assert, assertEquals } from "@std/assert";
import {
  BROWSER_NOTE,
  CHROMIUM_PATH,
  launchChromium,
} from "./helpers/chromium.ts";
import { startLocalWix } from "../src/mod.ts";
import {
  authRequest,
  get,
  memberTokens,
  pageUrl,
  visitorTokens,
} from "./helpers/http.ts";

const SIZES = [{ width: 390, height: 844 }, { width: 1280, height: 800 }];

Deno.test({
  name: `pages fit their window, without JavaScript${BROWSER_NOTE}`,
  ignore: CHROMIUM_PATH === undefined,
  async fn() {
    await using wix = await startLocalWix({ port: 0 });
    await memberTokens(wix);
    await get(wix, `/a/rather/${"long".repeat(60)}/path`);
    wix.controls.failNext("GET /members/v1/members/my", { status: 500 });
    const auth = { auth: { authRequest: authRequest() } };
    const urls = [
      `${wix.origin}/`,
      await pageUrl(wix, auth),
      `${wix.origin}/_pages/login?session=stale`,
    ];
    await using browser = await launchChromium();
    for (const viewport of SIZES) {
      const page = await browser.newPage({
        viewport,
        javaScriptEnabled: false,
      });
      for (const url of urls) {
        await page.goto(url);
        const { width } = await page.locator("body").evaluate(
          ({ ownerDocument: { documentElement } }) => ({
            width: documentElement.scrollWidth,
          }),
        );
        assert(width <= viewport.width, `${url} is ${width} wide`);
      }
      await page.close();
    }
  },
});

Deno.test({
  name: `the console works in a browser without JavaScript${BROWSER_NOTE}`,
  ignore: CHROMIUM_PATH === undefined,
  async fn() {
    await using wix = await startLocalWix({ port: 0 });
    const { access: authorization } = await visitorTokens(wix);
    await using browser = await launchChromium();
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(wix.origin);
    const form = page.locator('form[action="/_local/fail"]');
    const target = "GET /members/v1/members";
    await form.locator('[name="target"]').first().selectOption(target);
    await form.locator('[name="fault"]').selectOption({
      label: "429 too many requests",
    });
    await form.getByRole("button", { name: "Add" }).click();
    assertEquals(page.url(), `${wix.origin}/`);
    assertEquals(wix.controls.faults.map(({ target }) => target), [target]);
    const path = "/members/v1/members";
    assertEquals((await get(wix, path, { authorization })).status, 429);

    await page.getByRole("button", { name: "Clear all" }).click();
    assertEquals(wix.controls.faults, []);
    await page.getByRole("button", { name: "+ 1 day" }).click();
    assertEquals(wix.controls.clockOffsetSeconds, 86_400);
    await page.getByRole("button", { name: "Reset" }).click();
    assertEquals(wix.controls.clockOffsetSeconds, 0);
  },
});
