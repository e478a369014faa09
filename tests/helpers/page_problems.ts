/**
 * What is wrong with a page that a browser shows.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { ROOT } from "@/tools/packages.ts";

/**
 * Notes what the browser complains about from now on: scripts that fail, what
 * the Content Security Policy stops, images that don't come. That the page
 * itself is a 404 is no complaint.
 */
export function watchPage(page: Page): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    const isPage = message.location().url === page.url();
    const isStatus = message.text().startsWith("Failed to load resource");
    if (message.type() !== "error" || isPage && isStatus) return;
    problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  return problems;
}

/** Asserts that nothing is wrong on a phone and at a desk, in light and dark. */
export async function examine(page: Page, name: string): Promise<void> {
  // axe is a script, so it looks where there are some.
  const hasScripts = await page.evaluate(() =>
    matchMedia("(scripting: enabled)").matches
  );
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const look = `${name}-${width}-${colorScheme}`;
      assertEquals(await layoutProblems(page), [], look);
      // Each width and each scheme once; the other two have nothing new.
      const isNew = (width === 390) === (colorScheme === "light");
      if (!hasScripts || !isNew) continue;
      assertEquals(await accessibilityProblems(page), [], look);
      const path = `${ROOT}screenshots/${look}.png`;
      await page.screenshot({ path, fullPage: true });
    }
  }
}

/** Returns what axe finds, one line per rule and element. */
async function accessibilityProblems(page: Page): Promise<string[]> {
  // Evaluated like this, the script is no concern of the page's policy.
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

/** Returns what is too wide, cut off, or too small for a finger. */
export async function layoutProblems(page: Page): Promise<string[]> {
  // A page can be there before its stylesheet is.
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
