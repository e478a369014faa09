/**
 * Finds problems of a page in a browser.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { ROOT } from "@/tools/packages.ts";

/**
 * Collects the browser's errors from now on: failed scripts, violations of the
 * Content Security Policy, missing images. An error status of the page itself is
 * ignored.
 */
export function watchPage(page: Page): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    const isPage = message.location().url === page.url();
    const isStatus = message.text().startsWith("Failed to load resource");
    if (message.type() !== "error" || isPage && isStatus) return;
    problems.push(message.text());
  });
  page.on("pageerror", ({ message }) => {
    // A test that resizes a page ends the transition to it.
    if (message.startsWith("Transition was aborted")) return;
    problems.push(message);
  });
  return problems;
}

/** Asserts that a page has no problems on phone and desktop, in light and dark. */
export async function examine(page: Page, name: string): Promise<void> {
  // axe needs JavaScript.
  const hasScripts = await page.evaluate(() =>
    matchMedia("(scripting: enabled)").matches
  );
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const look = `${name}-${width}-${colorScheme}`;
      assertEquals(await layoutProblems(page), [], look);
      // Two combinations cover both widths and both color schemes.
      const isNew = (width === 390) === (colorScheme === "light");
      if (!hasScripts || !isNew) continue;
      assertEquals(await accessibilityProblems(page), [], look);
      const path = `${ROOT}screenshots/${look}.png`;
      await page.screenshot({ path, fullPage: true });
    }
  }
}

/** Returns the violations that axe reports, one line per rule and element. */
async function accessibilityProblems(page: Page): Promise<string[]> {
  // Evaluated scripts are exempt from the Content Security Policy.
  if (await page.evaluate("typeof axe === 'undefined'")) {
    await page.evaluate(axe.source);
  }
  const { violations } = await page.evaluate<axe.AxeResults>(
    'axe.run({ resultTypes: ["violations"] })',
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id} at ${target.join(" ")}: ${failureSummary}`
    )
  );
}

/** Returns elements that are too wide, cut off, or too small to tap. */
export async function layoutProblems(page: Page): Promise<string[]> {
  // Wait for the stylesheet.
  await page.waitForLoadState();
  return await page.evaluate(() => {
    const problems: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
      problems.push(`${scrollWidth - clientWidth} px too wide`);
    }
    for (const code of document.querySelectorAll("pre")) {
      if (code.scrollWidth > code.clientWidth) {
        problems.push(`${code.textContent} is cut off`);
      }
    }
    for (const element of document.querySelectorAll("button, .button, nav a")) {
      const { height, width } = element.getBoundingClientRect();
      if (width > 0 && height < 44) {
        problems.push(`${element.textContent} is ${height} px high`);
      }
    }
    return problems;
  });
}
