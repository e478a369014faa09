/**
 * Shares one site among the tests of a file, because starting it is slow.
 *
 * @module
 */
import type { Browser } from "./browser.ts";
import { ANN, type Site, startSite } from "./site.ts";

let shared: Promise<Site> | undefined;

Deno.test.afterAll(async () => await (await shared)?.[Symbol.asyncDispose]());

/** The arguments of a test. */
export interface Stage {
  readonly site: Site;
  readonly t: Deno.TestContext;
}

/** Registers a test on the file's site, with local Wix reset to its seed. */
export function test(
  name: string,
  run: (stage: Stage) => Promise<void>,
  { ignore = false } = {},
): void {
  Deno.test({
    name,
    ignore,
    // Connections to the site stay open after a test.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn(t) {
      const site = await (shared ??= startSite());
      site.wix.controls.reset();
      await run({ site, t });
    },
  });
}

/** Registers a test with a browser in which Ann is logged in. */
test.member = (
  name: string,
  run: (stage: Stage & { readonly ann: Browser }) => Promise<void>,
): void =>
  test(
    name,
    async (stage) => await run({ ...stage, ann: await stage.site.member(ANN) }),
  );
