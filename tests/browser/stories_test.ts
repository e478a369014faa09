import { assertEquals } from "@std/assert";
import type { BrowserContextOptions } from "playwright-core";
import { test } from "../helpers/browser_story.ts";
import { watchPage } from "../helpers/page_problems.ts";
import { ANN } from "../helpers/site.ts";
import { logInAtWix, logOut, openAs } from "../helpers/tab.ts";

const ORDERS = "/account/orders";

const PHONE = { viewport: { width: 390, height: 844 } };
const readers: [who: string, options: BrowserContextOptions][] = [
  ["on a phone", PHONE],
  ["on a phone without scripts", { ...PHONE, javaScriptEnabled: false }],
];

test("a member opens the orders, logs in at Wix, opens an order, and logs out", async ({ site, browser, t }) => {
  for (const [who, options] of readers) {
    await t.step(who, async () => {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const problems = watchPage(page);
      await page.goto(site.app.origin + ORDERS);
      assertEquals(new URL(page.url()).origin, site.wix.origin);
      await logInAtWix(page, ANN);
      await page.waitForURL(site.app.origin + ORDERS);

      await page.click('a[rel="next"]');
      await page.click(".orders a:has-text('Order 1036')");
      await page.waitForSelector("h1:has-text('Order 1036')");
      await logOut(page);
      assertEquals(page.url(), `${site.app.origin}/`);
      assertEquals(problems, []);
      const cookies = await context.cookies(site.app.origin);
      assertEquals(cookies.filter(({ httpOnly }) => !httpOnly), []);
      await context.close();
    });
  }
});

test("a member opens an order and logs out with the keyboard only", async ({ site, browser }) => {
  const page = await browser.newPage();
  const focused = () =>
    page.evaluate(() => document.activeElement?.textContent?.trim());
  const tabTo = async (text: string) => {
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press("Tab");
      if ((await focused())?.startsWith(text)) return;
    }
    throw new Error(`Cannot get to "${text}" with the Tab key`);
  };
  const enter = async (path: string) => {
    await page.keyboard.press("Enter");
    await page.waitForURL(site.app.origin + path);
  };

  await page.goto(`${site.app.origin}/`);
  await page.keyboard.press("Tab");
  assertEquals(await focused(), "Skip to content");
  await page.keyboard.press("Enter");
  await tabTo("Orders");
  await page.keyboard.press("Enter");
  // Wix's login page: an account is preselected.
  await page.waitForSelector('[name="password"]');
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("any");
  await enter(ORDERS);
  await tabTo("Order 1047");
  await page.keyboard.press("Enter");
  await page.waitForSelector("h1:has-text('Order 1047')");
  await tabTo("Your orders");
  await enter(ORDERS);
  // Escape closes the menu; Enter opens it again.
  await tabTo("AAnn");
  await page.keyboard.press("Enter");
  await tabTo("Your account");
  await page.keyboard.press("Escape");
  assertEquals(await focused(), "AAnn");
  await page.keyboard.press("Enter");
  await tabTo("Log out");
  await enter("/");
  assertEquals(await page.textContent(".identity span"), "Visitor");
});

test("the back button shows no private page after a logout", async ({ site, browser }) => {
  const page = await browser.newPage();
  await openAs(ANN, page, site, "/account");
  await page.goto(site.app.origin + ORDERS);
  await logOut(page);
  for (const left of ["the orders", "the account"]) {
    await page.goBack();
    const { origin } = new URL(page.url());
    assertEquals(origin, site.wix.origin, `${left} must redirect to the login`);
  }
});
