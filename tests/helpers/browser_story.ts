/**
 * Tests in a real browser: one browser and one site for the tests of a file.
 *
 * @module
 */
import type { Browser } from "playwright-core";
import { BROWSER_NOTE, CHROMIUM_PATH, launchChromium } from "./chromium.ts";
import * as site from "./shared_site.ts";

let shared: Promise<Browser> | undefined;

Deno.test.afterAll(async () => await (await shared)?.close());

/** The arguments of a test. */
export interface Stage extends site.Stage {
  readonly browser: Browser;
}

/** Registers a test; it is ignored without a browser. */
export function test(name: string, run: (stage: Stage) => Promise<void>): void {
  site.test(name + BROWSER_NOTE, async (stage) => {
    const browser = await (shared ??= launchChromium());
    try {
      await run({ ...stage, browser });
    } finally {
      for (const context of browser.contexts()) await context.close();
    }
  }, { ignore: CHROMIUM_PATH === undefined });
}
