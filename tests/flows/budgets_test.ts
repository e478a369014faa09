/**
 * What a request may cost, as far as it is the same on every machine. How fast
 * things are is measured by `deno task bench`.
 *
 * @module
 */
import { assertEquals, assertExists } from "@std/assert";
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { ROOT } from "@/tools/packages.ts";
import { localSettings, startApp } from "../helpers/app.ts";
import type { Browser } from "../helpers/browser.ts";
import { filesBelow } from "../helpers/files.ts";
import { ANN, Site, startSite } from "../helpers/site.ts";

const TOKEN = "POST /oauth2/token";
const MEMBERS = "POST /members/v1/members/query";
const ORDERS = "POST /ecom/v1/orders/search";
const PROPERTIES = "GET /site-properties/v4/properties";

Deno.test("each request calls Wix as often as it has to", async (t) => {
  await using site = await startSite();
  const visitor = site.visitor();
  const member = await site.member(ANN);
  const ending = await memberNearTheEnd(site);

  const rows: [
    title: string,
    browser: Browser,
    path: string,
    calls: Record<string, number>,
  ][] = [
    ["a file", visitor, "/favicon.svg", {}],
    ["a health check", visitor, "/healthz", {}],
    ["an address that is none", visitor, "/no-such-page", {}],
    ["a first visit, page without Wix", visitor, "/", {}],
    [
      "a first visit, page that calls once",
      visitor,
      "/members",
      { [TOKEN]: 1, [MEMBERS]: 1 },
    ],
    ["a returning visitor, page without Wix", visitor, "/", {}],
    ["a returning visitor", visitor, "/members", { [MEMBERS]: 1 }],
    ["a member, page without Wix", member, "/", {}],
    ["a member's orders", member, "/account/orders", { [ORDERS]: 1 }],
    [
      "a member whose token is near its end",
      ending,
      "/account/orders",
      { [TOKEN]: 1, [ORDERS]: 1 },
    ],
    ["the same member again", ending, "/account/orders", { [ORDERS]: 1 }],
    [
      "a refused call, and the first elevated one of the process",
      visitor,
      "/elevation",
      { [TOKEN]: 1, [PROPERTIES]: 2 },
    ],
    ["the same for another", member, "/elevation", { [PROPERTIES]: 2 }],
    [
      "what is the same for everybody",
      visitor,
      "/api/site-properties",
      { [PROPERTIES]: 1 },
    ],
    ["what is kept of it", member, "/api/site-properties", {}],
  ];
  for (const [title, browser, path, calls] of rows) {
    await t.step(`${title}: ${JSON.stringify(calls)}`, async () => {
      assertEquals(
        await callsDuring(site, () => browser.request(path)),
        calls,
      );
    });
  }
});

Deno.test("a cookie is opened once, and sealed when the session changed", async (t) => {
  await using site = await startCountedSite("counted_crypto.ts");
  const visitor = site.visitor();
  const member = await site.member(ANN);
  const ending = await memberNearTheEnd(site);
  // Keys are derived when they are first needed.
  for (const browser of [visitor, member]) await browser.open("/members");

  for (
    const [title, browser, path, most] of [
      ["nobody known", site.visitor(), "/", 0],
      ["a file", member, "/favicon.svg", 0],
      ["a visitor who was just given a session", visitor, "/", 1],
      ["the same visitor's call", visitor, "/members", 0],
      ["a member who was seen before", member, "/account/orders", 0],
      ["an elevated call", member, "/elevation", 0],
      ["a refresh", ending, "/account/orders", 2],
    ] as const
  ) {
    await t.step(`${title}: at most ${most}`, async () => {
      const { status, headers } = await browser.request(path);
      assertEquals(status, 200);
      const told = headers.get("x-crypto-operations");
      assertExists(told);
      const count = told.split(",").filter(Boolean).length;
      assertEquals(count <= most, true, told);
    });
  }
});

/**
 * Code that V8 does not optimise allocates the same each time; and garbage is
 * left where it is. The figures below are those of the real Fresh.
 */
const COUNTABLE =
  "--v8-flags=--no-opt,--no-maglev,--min-semi-space-size=64,--max-semi-space-size=64";

Deno.test("a request allocates no more memory than it did, and a tenth", async (t) => {
  await using site = await startCountedSite("counted_allocations.ts", [
    COUNTABLE,
  ]);
  const visitor = site.visitor();
  const member = await site.member(ANN);
  await visitor.open("/members");

  for (
    const [title, browser, path, kilobytes] of [
      ["a file", visitor, "/favicon.svg", 34],
      ["a visitor, page without Wix", visitor, "/", 230],
      ["a visitor's call", visitor, "/members", 443],
      ["a refused and an elevated call", visitor, "/elevation", 343],
      ["a member's orders", member, "/account/orders", 3_427],
    ] as const
  ) {
    await t.step(`${title}: at most ${kilobytes} kB`, async () => {
      const allocated: number[] = [];
      for (let time = 0; time < 25; time++) {
        const { status, headers } = await browser.request(path);
        assertEquals(status, 200);
        // The first ones compile what they need.
        if (time < 10) continue;
        allocated.push(Number(headers.get("x-allocated-bytes")) / 1000);
      }
      // Less than nothing: garbage was collected meanwhile.
      const usual = median(allocated.filter((amount) => amount > 0));
      assertEquals(usual <= kilobytes, true, `${allocated} kB`);
    });
  }
});

Deno.test("the server's code, packages included, weighs less than 1.5 MB", async () => {
  const files = await filesBelow(`${ROOT}_fresh/server`);
  const scripts = files.filter((file) => /\.m?js$/.test(file));
  const sizes = await Promise.all(
    scripts.map(async (file) => (await Deno.stat(file)).size),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  assertEquals(scripts.length > 10, true);
  assertEquals(bytes < 1_500_000, true, `${bytes} bytes`);
});

/** Local Wix, and the app in a wrapper that counts something. */
async function startCountedSite(
  wrapper: string,
  flags: readonly string[] = [],
): Promise<Site> {
  const wix = await startLocalWix({ port: 0, log: () => {} });
  try {
    const app = await startApp(localSettings(wix.origin), {
      changeArgs: ([serve = "", ...args]) => [
        serve,
        ...flags,
        ...args.slice(0, -1),
        `${ROOT}tests/helpers/${wrapper}`,
      ],
    });
    return new Site(wix, app);
  } catch (error) {
    await wix.close();
    throw error;
  }
}

/** A member whose access token still works, and is due for a refresh. */
async function memberNearTheEnd(site: Site): Promise<Browser> {
  const { controls } = site.wix;
  controls.accessTokenSeconds = 60;
  const browser = await site.member(ANN);
  controls.accessTokenSeconds = 14_400;
  return browser;
}

/** Returns the calls that reached Wix meanwhile, by route. */
async function callsDuring(
  site: Site,
  work: () => Promise<unknown>,
): Promise<Record<string, number>> {
  const before = site.wix.controls.counters.routes;
  await work();
  const after = site.wix.controls.counters.routes;
  return Object.fromEntries(
    Object.entries(after)
      .map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
