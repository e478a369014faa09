import { assertEquals } from "@std/assert";
import { test } from "../helpers/browser_story.ts";
import { ANN } from "../helpers/site.ts";
import { logOut, openAs } from "../helpers/tab.ts";

const ORDERS = "/account/orders";

test("shows dates in the user's language and time zone", async ({ site, browser }) => {
  const page = await browser.newPage({
    locale: "de-DE",
    timezoneId: "Asia/Tokyo",
  });
  await openAs(ANN, page, site, ORDERS);
  // 2026-11-19 09:30 UTC.
  await page.waitForSelector("time:has-text('19.11.2026, 18:30')");
});

test("appends older orders, and a reload shows the orders loaded last", async ({ site, browser, t }) => {
  const page = await browser.newPage();
  await openAs(ANN, page, site, ORDERS);
  const rows = page.locator(".orders > li");
  const rowsAre = (count: number) =>
    page.waitForFunction(
      (count) => document.querySelectorAll(".orders > li").length === count,
      count,
    );

  await t.step("moves the focus to the first new order", async () => {
    await page.click('a[rel="next"]');
    await rowsAre(20);
    const [focused, eleventh] = await Promise.all([
      page.locator(":focus").textContent(),
      rows.nth(10).locator("a").textContent(),
    ]);
    assertEquals(focused, eleventh);
  });

  await t.step("shows an error and retries", async () => {
    await page.route("**/api/orders*", (route) => route.abort());
    await page.click('a[rel="next"]');
    await page.waitForSelector("text=Older orders could not be loaded");
    await page.unroute("**/api/orders*");
    await page.click('a[rel="next"]');
    await rowsAre(30);
  });

  await t.step("loads each order once", async () => {
    await page.click('a[rel="next"]');
    await rowsAre(40);
    await page.click('a[rel="next"]');
    await page.waitForSelector("text=No more orders");
    const numbers = await page.locator(".orders h2").allTextContents();
    assertEquals(new Set(numbers).size, 47);
    assertEquals(numbers.length, 47);
  });

  await t.step("a reload shows the orders loaded last", async () => {
    await page.reload();
    assertEquals(await rows.count(), 7);
    assertEquals(await page.locator('a[rel="prev"]').count(), 1);
  });
});

test("closes the member menu, and shows a logout in the menu and list of other tabs", async ({ site, browser, t }) => {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await openAs(ANN, tab, site, "/account");
  await tab.waitForSelector("time:not(:has-text('UTC'))");

  await t.step(
    "the menu closes on Escape or a click outside",
    async () => {
      const closings = [
        () => tab.keyboard.press("Escape"),
        () => tab.click("h1"),
      ];
      for (const close of closings) {
        await tab.click(".menu summary");
        await tab.waitForSelector(".menu[open]");
        await close();
        await tab.waitForSelector(".menu:not([open])");
      }
    },
  );

  const [list, other] = [await context.newPage(), await context.newPage()];
  await list.goto(site.app.origin + ORDERS);
  await list.waitForSelector("time:not(:has-text('UTC'))");
  await other.goto(site.app.origin);
  await logOut(other);

  await t.step("the menu shows the logout", async () => {
    // Browsers dispatch this event when the user returns to the tab.
    await tab.evaluate(() =>
      document.dispatchEvent(new Event("visibilitychange"))
    );
    await tab.waitForSelector("text=Logged out. Log in");
    assertEquals(await tab.locator(".menu").count(), 0);
  });

  await t.step("loading older orders redirects to the login", async () => {
    await list.bringToFront();
    await list.click('a[rel="next"]');
    await list.waitForSelector('[name="password"]');
    assertEquals(new URL(list.url()).origin, site.wix.origin);
  });
});

test("prints an order without navigation", async ({ site, browser }) => {
  const page = await browser.newPage();
  await openAs(ANN, page, site, ORDERS);
  await page.click(".orders a >> nth=0");
  // Wait for the styles, which hide the navigation.
  await page.waitForURL("**/account/orders/*");
  await page.emulateMedia({ media: "print" });
  const shown = async (selector: string) =>
    await page.locator(selector).isVisible();
  assertEquals(await shown(".site-header"), false);
  assertEquals(await shown(".lines tfoot"), true);
  const ink = () =>
    page.locator(".badge").first().evaluate((it) => getComputedStyle(it).color);
  const inLight = await ink();
  await page.emulateMedia({ colorScheme: "dark" });
  assertEquals(await ink(), inLight, "paper is light");
});
