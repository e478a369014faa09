import { assertEquals } from "@std/assert";
import { existsSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { ROOT } from "@/tools/packages.ts";
import { test } from "../helpers/browser_story.ts";
import {
  examine,
  layoutProblems,
  watchPage,
} from "../helpers/page_problems.ts";
import { ANN, BEN, type Site } from "../helpers/site.ts";
import { openAs } from "../helpers/tab.ts";

/** A page, and how to open it. */
interface PageCase {
  readonly name: string;
  readonly path: string;
  /** Email of the member who opens it; missing for a visitor. */
  readonly who?: string;
  /** Value of the flash cookie. */
  readonly flash?: string;
}

/** Pages of demonstrations, which can be deleted. */
const DEMOS: readonly PageCase[] = [
  { name: "how-it-works", path: "/how-it-works" },
  { name: "members", path: "/members" },
  { name: "elevation", path: "/elevation" },
  { name: "islands", path: "/islands?name=A" },
].filter(({ name }) => existsSync(`${ROOT}routes/(demos)/${name}.tsx`));

/** Every page. */
const PAGES: readonly PageCase[] = [
  ...DEMOS,
  { name: "home", path: "/" },
  { name: "shop", path: "/shop/kitchen" },
  { name: "product", path: "/products/enamel-mug?Color=Moss" },
  { name: "sold-out", path: "/products/willow-basket?Handle=Leather" },
  { name: "cart-empty", path: "/cart" },
  { name: "thank-you", path: "/thank-you" },
  { name: "test-members", path: "/test/members" },
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
  { name: "badge-refused", path: "/test/badge", who: BEN },
];

/** The last size at which examine() leaves a page. */
const DESK = { width: 1280, height: 844 };

test("every page renders without problems on phone and desktop, light and dark, with and without JavaScript", async ({ site, browser, t }) => {
  const withScripts = createOpener(site, browser, true);
  const withoutScripts = createOpener(site, browser, false);
  for (const pageCase of PAGES) {
    const { name, who } = pageCase;
    await t.step(name, async () => {
      const page = await withScripts(who);
      const reported = watchPage(page);
      await visit(page, site, pageCase);
      // Islands hydrate in tasks; this one runs after them.
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

/** Returns a page's text without local times and elements that need scripts. */
function readWithoutScripts(): string {
  const ofScripts = "time, [role='timer'], .scripted, .reference";
  for (const element of document.querySelectorAll(ofScripts)) element.remove();
  return document.body.innerText;
}

/** Opens a page as its case describes. */
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

/** Pages that show user input. */
const WITH_NAMES = [
  "home-member",
  "test-members",
  "orders",
  "order",
  "settings",
];
/** 320 px is the smallest phone, and a desktop at 400 % (WCAG 1.4.10). */
const WIDTHS = [320, 390, DESK.width];

test("long names and street addresses fit every page", async ({ site, browser, t }) => {
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

/** Replaces times by the widest one, so that the layout does not depend on now. */
async function showLateTimes(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const time of document.querySelectorAll(".descriptions time")) {
      time.textContent = "Nov 28, 2028, 12:44 PM";
    }
  });
}

/** Returns a function that opens a tab as a member, or as a visitor. */
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
