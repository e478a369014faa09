import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { test } from "../helpers/browser_story.ts";
import { ANN } from "../helpers/site.ts";
import { openAs } from "../helpers/tab.ts";

const ISLANDS = "/islands";
const LOGIN = "/api/auth/login?returnToUrl=/islands";
/** A member with a private profile. */
const CHIARA = "chiara@demo.example";

test("islands call Wix as the visitor, then as the member, in the same tab", async ({ site, browser, t }) => {
  const page = await browser.newPage();

  await t.step("a visitor finds public members", async () => {
    await page.goto(site.app.origin + ISLANDS);
    await searchFor(page, "an", ["Ann"]);
    await searchFor(page, "Chiara", []);
  });

  await t.step("members also find themselves", async () => {
    await openAs(CHIARA, page, site, LOGIN, ISLANDS);
    await searchFor(page, "chiara", ["Chiara"]);
  });

  await t.step("the server refreshes tokens", async () => {
    site.wix.controls.expireAccessTokens();
    await searchFor(page, "Ben", ["Ben"]);
    await searchFor(page, "Chiara", ["Chiara"]);
    assertEquals(site.grants().refresh_token, 1);
  });
});

test("shows in an island that the session has ended (401)", async ({ site, browser }) => {
  const page = await browser.newPage();
  await openAs(ANN, page, site, LOGIN, ISLANDS);
  site.wix.controls.expireAccessTokens();
  site.wix.controls.revokeRefreshTokens();
  await page.fill("#name", "Ann");
  await page.getByText("Your session has ended").waitFor();
  // The next call is made as a visitor.
  await searchFor(page, "Ben", ["Ben"]);
});

test("shows in an island that the connection failed", async ({ site, browser }) => {
  const page = await browser.newPage();
  await page.goto(site.app.origin + ISLANDS);
  await page.route("**/api/wix/**", (route) => route.abort());
  await page.fill("#name", "Ann");
  await page.getByText("Wix isn't responding. Try again.").waitFor();
  await page.unroute("**/api/wix/**");
  await searchFor(page, "Ben", ["Ben"]);
});

test("without JavaScript the search is a form", async ({ site, browser }) => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(site.app.origin + ISLANDS);
  await page.fill("#name", "Ben");
  await page.getByRole("button", { name: "Search" }).click();
  assertEquals(new URL(page.url()).search, "?name=Ben");
  assertEquals(await page.locator("form li").allTextContents(), ["Ben"]);
  assertEquals(await page.locator("#name").inputValue(), "Ben");
});

/** Types a name, and waits until the list shows exactly these. */
async function searchFor(page: Page, name: string, found: string[]) {
  await page.fill("#name", name);
  await waitForList(page, found);
}

async function waitForList(page: Page, found: string[]) {
  await page.waitForFunction(
    (expected) =>
      [...document.querySelectorAll("form li")]
        .map(({ textContent }) => textContent).join() === expected,
    found.join(),
  );
}
