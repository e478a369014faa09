import { assertEquals } from "@std/assert";
import type { Page, Response } from "playwright-core";
import { test } from "../helpers/browser_story.ts";
import { ANN } from "../helpers/site.ts";
import { openAs } from "../helpers/tab.ts";

const ISLANDS = "/islands";
const LOGIN = "/api/auth/login?returnToUrl=/islands";
/** A member with a private profile. */
const CHIARA = "chiara@demo.example";

/** Tokens of Wix, and what is sealed. */
const SECRET = /JWS\.|\beyJ[\w-]{10,}/;

test("islands call Wix as the visitor, then as the member, in the same tab; no token reaches the browser", async ({ site, browser, t }) => {
  const page = await browser.newPage();
  const responses: Promise<string>[] = [];
  page.on("response", (response) => responses.push(readText(response)));

  await t.step("a visitor finds public members", async () => {
    await page.goto(site.app.origin + ISLANDS);
    await searchFor(page, "an", ["Ann"]);
    await searchFor(page, "Chiara", []);
  });

  await t.step("a member also finds herself", async () => {
    await openAs(CHIARA, page, site, LOGIN, ISLANDS);
    await searchFor(page, "chiara", ["Chiara"]);
  });

  await t.step("the server refreshes tokens", async () => {
    site.wix.controls.expireAccessTokens();
    await searchFor(page, "Ben", ["Ben"]);
    await searchFor(page, "Chiara", ["Chiara"]);
    assertEquals(site.grants().refresh_token, 1);
  });

  await t.step(
    "no response and no storage of the browser holds a token",
    async () => {
      const got = await Promise.all(responses);
      assertEquals(got.some((text) => text.includes("/api/wix/")), true);
      assertEquals(got.filter((text) => SECRET.test(text)), []);
      const kept = await page.evaluate(async () => [
        document.cookie,
        ...Object.keys(localStorage),
        ...Object.keys(sessionStorage),
        ...await indexedDB.databases(),
        ...await caches.keys(),
      ]);
      assertEquals(kept, [""]);
    },
  );
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

/** Returns headers and body of a response, without `HttpOnly` cookies. */
async function readText(response: Response): Promise<string> {
  const headers = (await response.headersArray()).filter(({ name, value }) =>
    name.toLowerCase() !== "set-cookie" || !value.includes("HttpOnly")
  );
  const body = await response.text().catch(() => "");
  const text = [response.url(), JSON.stringify(headers), body].join("\n");
  // Codes pass the browser by design: worthless without the verifier.
  return text.replace(/[?&]code=[^&\s]+/g, "");
}
