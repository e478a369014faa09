import { assertEquals } from "@std/assert";
import { test } from "../helpers/browser_story.ts";
import { ANN } from "../helpers/site.ts";
import { logOut, openAs } from "../helpers/tab.ts";

const ORDERS = "/account/orders";

test("dates are told in the reader's language and time zone", async ({ site, browser }) => {
  const page = await browser.newPage({
    locale: "de-DE",
    timezoneId: "Asia/Tokyo",
  });
  await openAs(ANN, page, site, ORDERS);
  // 2026-11-19 09:30 UTC.
  await page.waitForSelector("time:has-text('19.11.2026, 18:30')");
});

test("older orders come below the others, and a reload goes on there", async ({ site, browser, t }) => {
  const page = await browser.newPage();
  await openAs(ANN, page, site, ORDERS);
  const rows = page.locator(".orders > li");
  const rowsAre = (count: number) =>
    page.waitForFunction(
      (count) => document.querySelectorAll(".orders > li").length === count,
      count,
    );

  await t.step("the keyboard goes on with the first new one", async () => {
    await page.click('a[rel="next"]');
    await rowsAre(20);
    const [focused, eleventh] = await Promise.all([
      page.locator(":focus").textContent(),
      rows.nth(10).locator("a").textContent(),
    ]);
    assertEquals(focused, eleventh);
  });

  await t.step("without Wix it says so, and can be tried again", async () => {
    await page.route("**/api/orders*", (route) => route.abort());
    await page.click('a[rel="next"]');
    await page.waitForSelector("text=The older orders did not come");
    await page.unroute("**/api/orders*");
    await page.click('a[rel="next"]');
    await rowsAre(30);
  });

  await t.step("to the end, each order once", async () => {
    await page.click('a[rel="next"]');
    await rowsAre(40);
    await page.click('a[rel="next"]');
    await page.waitForSelector("text=These are all of them");
    const numbers = await page.locator(".orders h2").allTextContents();
    assertEquals(new Set(numbers).size, 47);
    assertEquals(numbers.length, 47);
  });

  await t.step("a reload shows what came last", async () => {
    await page.reload();
    assertEquals(await rows.count(), 7);
    assertEquals(await page.locator('a[rel="prev"]').count(), 1);
  });
});

test("the member menu closes as menus do, and a logout in one tab is seen by menu and list in others", async ({ site, browser, t }) => {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await openAs(ANN, tab, site, "/account");
  await tab.waitForSelector("time:not(:has-text('UTC'))");

  await t.step(
    "the menu closes with Escape, or a click elsewhere",
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

  await t.step("the menu says so", async () => {
    // What a browser does when somebody comes back to the tab.
    await tab.evaluate(() =>
      document.dispatchEvent(new Event("visibilitychange"))
    );
    await tab.waitForSelector("text=Logged out: log in");
    assertEquals(await tab.locator(".menu").count(), 0);
  });

  await t.step("older orders ask to log in", async () => {
    await list.bringToFront();
    await list.click('a[rel="next"]');
    await list.waitForSelector('[name="password"]');
    assertEquals(new URL(list.url()).origin, site.wix.origin);
  });
});

test("an order is printed without what is only for the screen", async ({ site, browser }) => {
  const page = await browser.newPage();
  await openAs(ANN, page, site, ORDERS);
  await page.click(".orders a >> nth=0");
  // Loaded: without its styles a page hides nothing.
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
