import { assertEquals } from "@std/assert";
import type { Response } from "playwright-core";
import { test } from "../helpers/browser_story.ts";
import { openAs } from "../helpers/tab.ts";

const ISLAND = "/test/island";
const LOGIN = `/api/auth/login?returnToUrl=${ISLAND}`;
/** A member with a private profile, whom only she can find. */
const CHIARA = "chiara@demo.example";

/** Tokens of Wix, and sealed values. */
const SECRET = /JWS\.|\beyJ[\w-]{10,}/;

test("an island calls Wix as the visitor, then as the member; no token reaches the browser", async ({ site, browser }) => {
  const page = await browser.newPage();
  const responses: Promise<string>[] = [];
  page.on("response", (response) => responses.push(readText(response)));
  const countMembers = async () => {
    await page.getByText("Count members").click();
    await page.waitForSelector("output:not(:has-text('none'))");
    return Number(await page.locator("output").textContent());
  };

  await page.goto(site.app.origin + ISLAND);
  const seen = await countMembers();
  await openAs(CHIARA, page, site, LOGIN, ISLAND);
  assertEquals(await countMembers(), seen + 1);
  site.wix.controls.expireAccessTokens();
  await page.reload();
  assertEquals(await countMembers(), seen + 1);
  assertEquals(site.grants().refresh_token, 1);

  const got = await Promise.all(responses);
  assertEquals(got.some((text) => text.includes("/api/wix/")), true);
  assertEquals(got.filter((text) => SECRET.test(text)), []);
  const stored = await page.evaluate(async () => [
    document.cookie,
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...await indexedDB.databases(),
    ...await caches.keys(),
  ]);
  assertEquals(stored, [""]);
});

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
