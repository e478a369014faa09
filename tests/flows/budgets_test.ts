/**
 * Budgets that are the same on every machine. `deno task bench` measures
 * performance.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { ROOT } from "@/tools/packages.ts";
import type { Browser } from "../helpers/browser.ts";
import { filesBelow } from "../helpers/files.ts";
import { ANN, type Site, startSite } from "../helpers/site.ts";

const TOKEN = "POST /oauth2/token";
const MEMBERS = "POST /members/v1/members/query";
const ORDERS = "POST /ecom/v1/orders/search";
const PROPERTIES = "GET /site-properties/v4/properties";

Deno.test("each request makes the minimum of calls to Wix", async (t) => {
  await using site = await startSite();
  const visitor = site.visitor();
  const member = await site.member(ANN);
  const ending = await memberNearTheEnd(site);
  const orders = "/account/orders";
  const rows: [string, Browser, path: string, Record<string, number>][] = [
    ["a file", visitor, "/favicon.svg", {}],
    ["a health check", visitor, "/healthz", {}],
    ["an unknown URL", visitor, "/no-such-page", {}],
    ["a first visit, without Wix data", visitor, "/api/session", {}],
    ["a first visit", visitor, "/test/members", { [TOKEN]: 1, [MEMBERS]: 1 }],
    ["a returning visitor, without Wix data", visitor, "/api/session", {}],
    ["a returning visitor", visitor, "/test/members", { [MEMBERS]: 1 }],
    ["a member, without Wix data", member, "/api/session", {}],
    ["a member's orders", member, orders, { [ORDERS]: 1 }],
    ["a token near its end", ending, orders, { [TOKEN]: 1, [ORDERS]: 1 }],
    ["the same member again", ending, orders, { [ORDERS]: 1 }],
    ["public data, as the app", visitor, "/api/test/elevated", {
      [TOKEN]: 1,
      [PROPERTIES]: 1,
    }],
    ["cached public data", member, "/api/test/elevated", {}],
  ];
  // Catalogue pages cost a visitor nothing once any user has seen them.
  const catalogue = [
    ...["/", "/shop", "/shop/kitchen", "/shop?q=bread&sort=name"],
    ...["/products/enamel-mug", "/products/unknown", "/sitemap.xml"],
  ];
  const grants = site.grants();
  for (const path of catalogue) {
    await member.request(path);
    rows.push([`a warm ${path}`, site.visitor(), path, {}]);
  }
  assertEquals(site.grants(), grants, "the process has its visitor");
  for (const [title, browser, path, calls] of rows) {
    await t.step(`${title}: ${JSON.stringify(calls)}`, async () => {
      const before = site.wix.controls.counters.routes;
      await browser.request(path);
      const made = Object.entries(site.wix.controls.counters.routes)
        .map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
        .filter(([, count]) => count > 0);
      assertEquals(Object.fromEntries(made), calls);
    });
  }
});

Deno.test("the server's code, packages included, is smaller than 2.6 MB", async () => {
  const files = await filesBelow(`${ROOT}_fresh/server`);
  const scripts = files.filter((file) => /\.m?js$/.test(file));
  const sizes = scripts.map((file) => Deno.statSync(file).size);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  assertEquals(scripts.length > 10, true);
  assertEquals(bytes < 2_600_000, true, `${bytes} bytes`);
});

/** A member whose access token is valid, but due for a refresh. */
async function memberNearTheEnd(site: Site): Promise<Browser> {
  const { controls } = site.wix;
  controls.accessTokenSeconds = 60;
  const browser = await site.member(ANN);
  controls.accessTokenSeconds = 14_400;
  return browser;
}
