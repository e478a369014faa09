import { assertEquals, assertMatch } from "@std/assert";
import {
  BROWSER_NOTE,
  CHROMIUM_PATH,
  launchChromium,
} from "../helpers/chromium.ts";
import { startSite } from "../helpers/site.ts";

const ignore = CHROMIUM_PATH === undefined;

Deno.test({
  name: "open /account/orders, log in at Wix, land on the orders, log out" +
    BROWSER_NOTE,
  ignore,
  async fn() {
    await using site = await startSite();
    await using browser = await launchChromium();
    const context = await browser.newContext({
      locale: "de-DE",
      timezoneId: "Europe/Berlin",
    });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(error.message));

    await page.goto(`${site.app.origin}/account/orders`);
    assertEquals(new URL(page.url()).origin, site.wix.origin);
    await page.fill('[name="password"]', "any");
    await page.click('button:has-text("Log in")');

    await page.waitForURL(`${site.app.origin}/account/orders`);
    assertEquals(await page.locator(".orders tbody tr").count(), 10);
    // The island tells the date in the reader's language.
    const date = page.locator("time").first();
    await page.waitForFunction(
      () => !document.querySelector("time")?.textContent?.includes("UTC"),
    );
    assertMatch(await date.textContent() ?? "", /^\d\d\.\d\d\.\d{4}/);

    await page.click('a[rel="next"]');
    assertEquals(await page.locator(".orders tbody tr").count(), 10);
    await page.click(".orders tbody a >> nth=0");
    await page.waitForSelector("h1:has-text('Order ')");

    await page.click('button:has-text("Log out")');
    await page.waitForURL(`${site.app.origin}/`);
    assertEquals(await page.locator(".identity span").textContent(), "Visitor");
    assertEquals(problems, []);
  },
});

Deno.test({
  name: "the elevation page's island shows what the endpoint answers" +
    BROWSER_NOTE,
  ignore,
  async fn() {
    await using site = await startSite();
    await using browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(`${site.app.origin}/elevation`);
    await page.waitForSelector(".allowed dd");
    assertEquals(await page.locator(".allowed dt").allTextContents(), [
      "businessName",
      "language",
      "paymentCurrency",
      "timeZone",
    ]);
    assertEquals(await page.evaluate(() => document.cookie), "");
  },
});
