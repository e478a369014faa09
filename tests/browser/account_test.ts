import { assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { test } from "../helpers/browser_story.ts";
import { examine, watchPage } from "../helpers/page_problems.ts";
import { ANN, type Site } from "../helpers/site.ts";
import { openAs } from "../helpers/tab.ts";

const SETTINGS = "/account/settings";

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  test(`${how} JavaScript a member changes the settings, leaves the community, and deletes the account`, async ({ site, browser, t }) => {
    const page = await browser.newPage({ javaScriptEnabled });
    const reported = watchPage(page);
    await openAs(ANN, page, site, SETTINGS);
    await t.step("settings", () => changeSettings(page));
    await t.step("privacy", () => leaveAndJoin(page, site));
    await t.step("deletion", () => deleteAccount(page, site));
    assertEquals(reported, []);
  });
}

async function changeSettings(page: Page): Promise<void> {
  await page.fill("#nickname", " ");
  await page.fill("#phone-2", "call me");
  await page.click("summary:has-text('Add an address')");
  await page.fill("#address-2-addressLine", "Wacholderweg 3");
  await page.selectOption("#address-2-country", "DE");
  await page.click("button:has-text('Save')");

  await page.waitForSelector("[role=alert]");
  assertMatch(await page.title(), /^Error: Settings/);
  await examine(page, "settings-errors");
  assertEquals(await focused(page), "alert");
  assertEquals(await page.inputValue("#address-2-country"), "DE");
  await page.click("[role=alert] a:has-text('city or town')");
  assertEquals(await focused(page), "address-2-city");
  assertEquals(
    await page.textContent("#address-2-city-error"),
    "Enter a city or town.",
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
  await examine(page, "settings-saved");

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

async function leaveAndJoin(page: Page, { app }: Site): Promise<void> {
  await page.click("a:has-text('Who can see my profile')");
  for (
    const [act, then] of [["Leave", "private"], ["Join", "public"]] as const
  ) {
    await page.click(`button:has-text('${act} the community')`);
    await page.waitForSelector(`[role=status]:has-text('${then}')`);
    if (act === "Leave") await examine(page, "privacy-private");
  }
  assertEquals(page.url(), `${app.origin}/account/privacy`);
}

async function deleteAccount(page: Page, { app, wix }: Site): Promise<void> {
  await page.goto(app.origin + SETTINGS);
  await page.click("a:has-text('Delete my account')");
  await page.fill("#email", "DELETE");
  await page.click("button:has-text('Delete my account')");
  await page.waitForSelector("[role=alert]");
  await examine(page, "delete-errors");
  await page.fill("#email", ANN);
  await page.click("button:has-text('Delete my account')");
  await page.waitForURL(`${app.origin}/goodbye`);
  assertEquals(await page.textContent(".identity span"), "Visitor");
  await page.goto(app.origin + SETTINGS);
  assertEquals(
    new URL(page.url()).origin,
    wix.origin,
    "must redirect to the login",
  );
}

/** Id or role of what has the focus. */
async function focused(page: Page): Promise<string | null | undefined> {
  const element = await page.evaluateHandle(() => document.activeElement);
  return await element.evaluate((focus) =>
    focus?.id || focus?.getAttribute("role")
  );
}
