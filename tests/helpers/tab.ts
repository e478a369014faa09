/**
 * Common actions in a browser tab.
 *
 * @module
 */
import type { Page } from "playwright-core";
import type { Site } from "./site.ts";

/** Fills in and submits Wix's login page. */
export async function logInAtWix(page: Page, email: string): Promise<void> {
  await page.check(`[name="email"][value="${email}"]`);
  await page.fill('[name="password"]', "any");
  await page.click('button:has-text("Log in")');
}

/** Opens `path`, which redirects to the login, logs in, and waits for `target`. */
export async function openAs(
  email: string,
  page: Page,
  { app }: Site,
  path: string,
  target = path,
): Promise<void> {
  await page.goto(app.origin + path);
  await logInAtWix(page, email);
  await page.waitForURL(app.origin + target);
}

/** Logs out with the member menu. */
export async function logOut(page: Page): Promise<void> {
  await page.click(".menu summary");
  await page.click('button:has-text("Log out")');
  await page.waitForSelector('.identity a:has-text("Log in")');
}
