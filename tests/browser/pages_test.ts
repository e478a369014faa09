import { assertEquals } from "@std/assert";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { test } from "../helpers/browser_story.ts";
import {
  examine,
  layoutProblems,
  watchPage,
} from "../helpers/page_problems.ts";
import { ANN, BEN, type Site } from "../helpers/site.ts";
import { openAs } from "../helpers/tab.ts";

/** A page, and in what state a browser opens it. */
interface PageCase {
  readonly name: string;
  readonly path: string;
  /** E-mail of the member who opens it; missing for a visitor. */
  readonly who?: string;
  /** What the form on the page before left in the flash cookie. */
  readonly flash?: string;
}

/** Every page. */
const PAGES: readonly PageCase[] = [
  { name: "home", path: "/" },
  { name: "members", path: "/members" },
  { name: "elevation", path: "/elevation" },
  { name: "islands", path: "/islands?name=A" },
  { name: "not-found", path: "/no-such-page" },
  { name: "login-failed", path: "/api/auth/callback" },
  { name: "goodbye", path: "/goodbye", flash: "deleted" },
  { name: "home-member", path: "/", who: ANN },
  { name: "account", path: "/account", who: ANN },
  { name: "orders", path: "/account/orders", who: ANN },
  {
    name: "order",
    path: "/account/orders/00000003-0000-4000-8000-000000000412",
    who: ANN,
  },
  { name: "orders-filtered", path: "/account/orders?to=2020-01-01", who: ANN },
  { name: "orders-none", path: "/account/orders", who: BEN },
  { name: "settings", path: "/account/settings", who: ANN },
  { name: "privacy", path: "/account/privacy", who: ANN },
  { name: "delete", path: "/account/delete", who: ANN },
  { name: "vip-refused", path: "/account/vip", who: BEN },
];

/** The last size at which examine() leaves a page. */
const DESK = { width: 1280, height: 844 };

test("every page, on a phone and a desk, light and dark: nothing is reported, cut off or too small, or needs JavaScript to be read", async ({ site, browser, t }) => {
  const withScripts = createOpener(site, browser, true);
  const withoutScripts = createOpener(site, browser, false);
  for (const pageCase of PAGES) {
    const { name, who } = pageCase;
    await t.step(name, async () => {
      const page = await withScripts(who);
      const reported = watchPage(page);
      await visit(page, site, pageCase);
      // Islands are rendered in tasks; this one is the last.
      await page.evaluate(() => new Promise((end) => setTimeout(end)));
      await examine(page, name);
      const shown = await page.evaluate(readWithoutScripts);
      assertEquals(reported, []);
      await page.close();

      const plain = await withoutScripts(who);
      await visit(plain, site, pageCase);
      await plain.setViewportSize(DESK);
      assertEquals(await layoutProblems(plain), []);
      assertEquals(await plain.evaluate(readWithoutScripts), shown);
      await plain.close();
    });
  }
});

/** What a page says, but for what only scripts can: local times and buttons. */
function readWithoutScripts(): string {
  const ofScripts = "time, [role='timer'], .scripted, .reference";
  for (const element of document.querySelectorAll(ofScripts)) element.remove();
  return document.body.innerText;
}

/** Opens a page in the state that it is listed with. */
async function visit(
  page: Page,
  { app }: Site,
  { path, flash }: PageCase,
): Promise<void> {
  if (flash !== undefined) {
    await page.context().addCookies([{
      name: "flash",
      value: flash,
      url: app.origin,
    }]);
  }
  await page.goto(app.origin + path);
}

/** Pages that show what people have written. */
const WITH_NAMES = ["home-member", "members", "orders", "order", "settings"];
/** The first is a phone at its smallest, and a desk at 400 %: WCAG 1.4.10. */
const WIDTHS = [320, 390, DESK.width];

test("a long name and a long street, each one word, fit every page", async ({ site, browser, t }) => {
  const page = await browser.newPage();
  await openAs(ANN, page, site, "/account/settings");
  await page.fill("#nickname", "W".repeat(100));
  await page.click("summary:has-text('1 Juniper Lane')");
  await page.fill("#address-1-addressLine", "x".repeat(200));
  await page.click("button:has-text('Save')");
  await page.waitForSelector("[role=status]:has-text('saved')");
  for (const { name, path } of PAGES) {
    if (!WITH_NAMES.includes(name)) continue;
    await t.step(name, async () => {
      await page.goto(site.app.origin + path);
      await page.waitForLoadState();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 });
        await showLateTimes(page);
        assertEquals(await layoutProblems(page), [], `${width}`);
      }
    });
  }
});

/** Whatever time it is: as wide as times get, in the language of the tests. */
async function showLateTimes(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const time of document.querySelectorAll(".facts time")) {
      time.textContent = "Nov 28, 2028, 12:44 PM";
    }
  });
}

/** Returns what opens a tab of somebody, who logs in the first time. */
function createOpener(
  site: Site,
  browser: Browser,
  javaScriptEnabled: boolean,
): (who?: string) => Promise<Page> {
  const contexts = new Map<string | undefined, BrowserContext>();
  return async (who) => {
    const known = contexts.get(who);
    if (known !== undefined) return await known.newPage();
    const context = await browser.newContext({ javaScriptEnabled });
    contexts.set(who, context);
    const page = await context.newPage();
    if (who !== undefined) {
      await openAs(who, page, site, "/account");
    }
    return page;
  };
}
