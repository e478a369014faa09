import type { Browser } from "playwright-core";
import { BROWSER_NOTE, CHROMIUM_PATH, launchChromium } from "./chromium.ts";
import { type Site, startSite } from "./site.ts";

interface Stage {
  readonly site: Site;
  readonly browser: Browser;
  readonly t: Deno.TestContext;
}

/** A test in a real browser on a site of its own; ignored without a browser. */
export function browserTest(
  name: string,
  story: (stage: Stage) => Promise<void>,
): void {
  Deno.test({
    name: name + BROWSER_NOTE,
    ignore: CHROMIUM_PATH === undefined,
    async fn(t) {
      await using site = await startSite();
      await using browser = await launchChromium();
      await story({ site, browser, t });
    },
  });
}
