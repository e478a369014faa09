import { assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { ROOT } from "@/tools/packages.ts";
import { test } from "../helpers/browser_story.ts";
import {
  accessibilityProblems,
  layoutProblems,
  watchPage,
} from "../helpers/page_problems.ts";
import { ANN, type Site } from "../helpers/site.ts";
import { logInAtWix, logOut, openAs } from "../helpers/tab.ts";

const SETTINGS = "/account/settings";

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  test(`${how} JavaScript somebody changes their settings, leaves the community, and deletes their account`, async ({ site, browser, t }) => {
    for (const width of [390, 1280]) {
      await t.step(`${width} px`, async (t) => {
        const viewport = { width, height: 844 };
        const context = await browser.newContext({
          javaScriptEnabled,
          viewport,
        });
        const page = await context.newPage();
        const reported = watchPage(page);
        const examine = (name: string) => examinePage(page, name);
        await openAs(ANN, page, site, SETTINGS);
        await t.step("settings", () => changeSettings(page, examine));
        await t.step("privacy", () => leaveAndJoin(page, site, examine));
        await t.step("deletion", () => deleteAccount(page, site, examine));
        assertEquals(reported, []);
        await context.close();
        site.wix.controls.reset();
      });
    }
  });
}

/** axe is a script, so it looks where there are some. */
async function examinePage(page: Page, name: string): Promise<void> {
  const hasScripts = await page.evaluate(() =>
    matchMedia("(scripting: enabled)").matches
  );
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const width = page.viewportSize()?.width;
    const look = `${name}-${width}-${colorScheme}`;
    assertEquals(await layoutProblems(page), [], look);
    // Each width and each scheme once; the other two have nothing new.
    if (!hasScripts || (width === 390) !== (colorScheme === "light")) continue;
    assertEquals(await accessibilityProblems(page), [], look);
    await page.screenshot({
      path: `${ROOT}screenshots/${look}.png`,
      fullPage: true,
    });
  }
}

type Examine = (name: string) => Promise<void>;

async function changeSettings(page: Page, examine: Examine): Promise<void> {
  await page.fill("#nickname", " ");
  await page.fill("#phone-2", "call me");
  await page.click("summary:has-text('Add an address')");
  await page.fill("#address-2-addressLine", "Wacholderweg 3");
  await page.selectOption("#address-2-country", "DE");
  await page.click("button:has-text('Save')");

  await page.waitForSelector("[role=alert]");
  assertMatch(await page.title(), /^Error: Settings/);
  await examine("settings-errors");
  assertEquals(await focused(page), "alert");
  assertEquals(await page.inputValue("#address-2-country"), "DE");
  await page.click("[role=alert] a:has-text('town or city')");
  assertEquals(await focused(page), "address-2-city");
  assertEquals(
    await page.textContent("#address-2-city-error"),
    "Enter the town or city.",
  );

  await page.fill("#address-2-city", "Berlin");
  await page.fill("#nickname", "Annie");
  await page.fill("#phone-2", "+49 30 5550 199");
  await page.click("button:has-text('Save')");
  await page.waitForSelector("[role=status]:has-text('saved')");
  assertEquals(
    await page.textContent(".menu summary span:last-child"),
    "Annie",
  );
  assertEquals(new URL(page.url()).hash, "", "the page is shown from its top");
  await examine("settings-saved");

  await page.click("summary:has-text('Wacholderweg 3, Berlin')");
  await page.check("#address-2-remove");
  await page.fill("#phone-1", "");
  await page.click("button:has-text('Save')");
  await page.waitForSelector("[role=status]:has-text('saved')");
  assertEquals(await page.inputValue("#phone-1"), "+49 30 5550 199");
  assertEquals(await page.locator("summary:has-text('Berlin')").count(), 0);
  await page.reload();
  assertEquals(await page.locator("[role=status]").count(), 0);
}

async function leaveAndJoin(
  page: Page,
  { app }: Site,
  examine: Examine,
): Promise<void> {
  await page.click("a:has-text('Who can see my profile')");
  for (
    const [act, then] of [["Leave", "private"], ["Join", "public"]] as const
  ) {
    await page.click(`button:has-text('${act} the community')`);
    await page.waitForSelector(`[role=status]:has-text('${then}')`);
    if (act === "Leave") await examine("privacy-private");
  }
  assertEquals(page.url(), `${app.origin}/account/privacy`);
}

async function deleteAccount(
  page: Page,
  { app, wix }: Site,
  examine: Examine,
): Promise<void> {
  await page.goto(app.origin + SETTINGS);
  await page.click("a:has-text('Delete my account')");
  await page.fill("#email", "DELETE");
  await page.click("button:has-text('Delete my account')");
  await page.waitForSelector("[role=alert]");
  await examine("delete-errors");
  await page.fill("#email", ANN);
  await page.click("button:has-text('Delete my account')");
  await page.waitForURL(`${app.origin}/goodbye`);
  assertEquals(await page.textContent(".identity span"), "Visitor");
  await page.goto(app.origin + SETTINGS);
  assertEquals(new URL(page.url()).origin, wix.origin, "asks to log in");
}

test("without JavaScript somebody who logged out in another tab logs in again, and loses nothing of what they entered", async ({ site, browser }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  const page = await context.newPage();
  await openAs(ANN, page, site, SETTINGS);
  await page.fill("#nickname", "Annie");
  const other = await context.newPage();
  await other.goto(site.app.origin);
  await logOut(other);

  await page.click("button:has-text('Save')");
  await page.waitForSelector("h1:has-text('You are no longer logged in')");
  await examinePage(page, "send-again");
  const [login] = await Promise.all([
    context.waitForEvent("page"),
    page.click("a:has-text('Log in in a new tab')"),
  ]);
  await logInAtWix(login, ANN);
  await login.waitForURL(site.app.origin + SETTINGS);
  await login.close();
  await page.click("button:has-text('Send again')");
  await page.waitForSelector("[role=status]:has-text('saved')");
  assertEquals(await page.inputValue("#nickname"), "Annie");
});

/** Id or role of what has the focus. */
async function focused(page: Page): Promise<string | null | undefined> {
  const element = await page.evaluateHandle(() => document.activeElement);
  return await element.evaluate((focus) =>
    focus?.id || focus?.getAttribute("role")
  );
}
