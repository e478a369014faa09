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
import { startSite } from "../tests/helpers/site.ts";

const DESK = { width: 1100, height: 760 };
const PHONE = { width: 390, height: 844 };

await using site = await startSite();
await using browser = await launchChromium();
const page = await browser.newPage({ viewport: DESK, colorScheme: "light" });

await page.goto(site.app.origin);
await takeScreenshot(page, "home");
await page.goto(`${site.app.origin}/products/linen-apron?Size=M&Color=Slate`);
await takeScreenshot(page, "product");
await page.click("button:has-text('Add to cart')");
await page.waitForURL("**/cart");
await page.goto(`${site.app.origin}/products/enamel-mug?Color=Moss`);
await page.click("button:has-text('Add to cart')");
await page.waitForURL("**/cart");
await page.setViewportSize(PHONE);
await takeScreenshot(page, "cart-phone");

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
