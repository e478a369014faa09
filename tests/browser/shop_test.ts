import { assertEquals } from "@std/assert";
import type { BrowserContextOptions, Page } from "playwright-core";
import { test } from "../helpers/browser_story.ts";
import { examine, watchPage } from "../helpers/page_problems.ts";
import { GUEST } from "../helpers/shop.ts";

const PHONE = { viewport: { width: 390, height: 844 } };
const readers: [who: string, options: BrowserContextOptions][] = [
  ["on a phone", PHONE],
  ["on a phone without scripts", { ...PHONE, javaScriptEnabled: false }],
];

const count = (page: Page) => page.textContent(".cart-count");

test("a visitor chooses, fills the cart, pays at Wix and sees the order", async ({ site, browser, t }) => {
  for (const [who, options] of readers) {
    await t.step(who, async () => {
      const { origin } = site.app;
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const problems = watchPage(page);
      await page.goto(origin);
      await page.getByRole("link", { name: "Shop all products" }).click();
      await page.getByRole("link", { name: "Oak bread board" }).click();
      await page.getByRole("link", { name: "Walnut" }).click();
      await page.waitForURL("**/oak-bread-board?Wood=Walnut");
      await page.waitForSelector(".product-price:has-text('$65.00')");
      await page.reload();
      assertEquals(await page.textContent(".product-price strong"), "$65.00");
      await page.getByRole("button", { name: "Add to cart" }).click();
      await page.waitForURL(`${origin}/cart`);
      assertEquals(await count(page), "1");
      await page.fill("[name=quantity]", "3");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".cart-lines:has-text('$195.00')");
      assertEquals(await count(page), "3");
      await page.fill("[name=code]", "NOPE");
      await page.getByRole("button", { name: "Apply" }).click();
      await page.waitForSelector(".error:has-text('Unknown coupon')");
      await examine(page, "cart");
      await page.getByRole("button", { name: "Check out" }).click();
      for (const [name, value] of Object.entries(GUEST)) {
        await page.fill(`[name=${name}]`, value);
      }
      await page.getByRole("button", { name: "Update the total" }).click();
      await page.getByRole("button", { name: "Place order" }).click();
      await page.waitForURL("**/thank-you?orderId=*");
      await page.waitForSelector("tbody:has-text('Oak bread board')");
      await examine(page, "thank-you-order");
      await page.goto(`${origin}/cart`);
      await page.waitForSelector("text=Your cart is empty");
      assertEquals(problems, []);
      await context.close();
    });
  }
});

test("the cart shows changes at once, sends them in order, and follows other tabs", async ({ site, browser }) => {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  const fill = async () => {
    await page.goto(`${site.app.origin}/products/juniper-candle`);
    // Twice, as impatient users do: it is added once.
    await page.dblclick("button:has-text('Add to cart')");
    await page.waitForURL("**/cart");
  };
  await fill();
  assertEquals(await count(page), "1");
  const other = await context.newPage();
  await other.goto(`${site.app.origin}/cart`);

  // Wix takes its time: the quantity stays as it was set last.
  const { controls } = site.wix;
  const route = "POST /ecom/v2/carts/current/update-line-items";
  controls.failNext(route, { kind: "delay", delayMs: 300, times: 3 });
  for (const quantity of ["5", "2", "4"]) {
    await page.fill("[name=quantity]", quantity);
    await page.keyboard.press("Enter");
  }
  assertEquals(await page.inputValue("[name=quantity]"), "4");
  await page.waitForFunction(() =>
    document.querySelector(".cart-count")?.textContent === "4"
  );
  assertEquals(await page.inputValue("[name=quantity]"), "4");
  await page.waitForSelector(".cart-lines .amount:has-text('$76.00')");

  await other.bringToFront();
  await other.evaluate(() =>
    document.dispatchEvent(new Event("visibilitychange"))
  );
  await other.waitForSelector(".cart-lines .amount:has-text('$76.00')");
  await other.getByRole("button", { name: "Remove" }).click();
  await other.waitForSelector("text=Your cart is empty");
  await other.waitForSelector(".cart-count", { state: "hidden" });
  // The first tab does not know yet: its line is gone all the same.
  await page.getByRole("button", { name: "Remove" }).click();
  await page.waitForSelector("text=Your cart is empty");
  assertEquals(await page.locator("[role=alert]").count(), 0);
});
