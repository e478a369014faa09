/**
 * Takes the README's screenshots and writes them to `docs/images/`:
 *
 *     deno run -A --config deno.offline.json tools/readme_images.ts
 *
 * @module
 */
import type { Page } from "playwright-core";
import { ROOT } from "./packages.ts";
import { launchChromium } from "../tests/helpers/chromium.ts";
import { ANN, startSite } from "../tests/helpers/site.ts";
import { openAs } from "../tests/helpers/tab.ts";

const DESK = { width: 1100, height: 760 };
const PHONE = { width: 390, height: 844 };
const ORDERS = "/account/orders";

await using site = await startSite();
await using browser = await launchChromium();
const page = await browser.newPage({ viewport: DESK, colorScheme: "light" });

await page.goto(site.app.origin);
await takeScreenshot(page, "home");
await openAs(ANN, page, site, ORDERS);
await takeScreenshot(page, "orders");
await page.setViewportSize(PHONE);
await page.click(".orders a:has-text('Order 1045')");
await page.waitForSelector("h1:has-text('Order 1045')");
await takeScreenshot(page, "order-phone");

/** Uses CDP, because Playwright can't write WebP, a third of PNG's size. */
async function takeScreenshot(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  const browser = await page.context().newCDPSession(page);
  const { data } = await browser.send("Page.captureScreenshot", {
    format: "webp",
    quality: 80,
  });
  await Deno.writeFile(
    `${ROOT}docs/images/${name}.webp`,
    Uint8Array.fromBase64(data),
  );
}
