import { assertEquals } from "@std/assert";
import { test } from "../helpers/browser_story.ts";
import { ANN } from "../helpers/site.ts";
import { logInAtWix, logOut } from "../helpers/tab.ts";

test("a visitor logs in, opens the account and logs out in the browser", async ({ site, browser }) => {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  await page.goto(site.app.origin);
  await page.click('.identity a:has-text("Log in")');
  await logInAtWix(page, ANN);
  await page.waitForURL(`${site.app.origin}/`);
  await page.click(".menu summary");
  await page.click('a:has-text("Your account")');
  await page.waitForSelector(`main:has-text("${ANN}")`);
  await logOut(page);
  assertEquals(problems, []);
});
