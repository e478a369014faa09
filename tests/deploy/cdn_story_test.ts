/**
 * Ten minutes of 200 visitors and 20 members in the catalogue, with the clocks of
 * cache and app moved ahead; prints what `docs/deploying.md` says about it.
 */
import { assertEquals } from "@std/assert";
import {
  addToCart,
  assertPublic,
  type CachedSite,
  ON_DEPLOY,
  shownHeader,
  startCachedSite,
  WITH_WEBHOOKS,
} from "../helpers/cached_site.ts";
import { attributes, parseDocument } from "../helpers/document.ts";
import { changeProduct } from "../helpers/shop.ts";
import { WireJar } from "../helpers/wire.ts";

const SECONDS = 600;
const VISITORS = 200;
const MEMBERS = 20;
const JAR = "/products/preserving-jar";
const LISTS = ["/", "/shop", "/shop/kitchen", "/shop/gifts", "/shop?stock=in"];

/** One user opens one page. */
interface Visit {
  readonly second: number;
  readonly user: number;
  readonly target: string;
  readonly buys: boolean;
}

/** Returns what all users do, the same each time: two minutes each, or a little more. */
function plan(products: readonly string[]): Visit[] {
  let state = 1;
  // Park and Miller's generator.
  const random = () => (state = state * 48_271 % 2_147_483_647) / 2_147_483_647;
  const pick = <T>(all: readonly T[]) =>
    // The first ones are looked at most.
    all[Math.floor(random() ** 2 * all.length)] as T;
  const users = Array.from({ length: VISITORS + MEMBERS }, (_, user) => {
    const buys = user % 10 === 0;
    let second = Math.floor(random() * (SECONDS - 60));
    return Array.from({ length: 4 + Math.floor(random() * 5) }, (_, step) => {
      second += 8 + Math.floor(random() * 30);
      const isList = step === 0 || random() < 0.4;
      const target = isList ? pick(LISTS) : pick(products);
      return { second, user, target, buys: buys && step === 2 };
    });
  });
  return users.flat().filter(({ second }) => second < SECONDS)
    .toSorted((a, b) => a.second - b.second);
}

/**
 * Has all users open their pages. Returns how many there were, how many came from
 * the cache, and the number of calls to Wix for products and categories.
 */
async function browse(cached: CachedSite) {
  const { open, site } = cached;
  const sitemap = (await open("/sitemap.xml")).body;
  const products = [...sitemap.matchAll(/\/products\/[\w-]+/g)].map(String);
  assertEquals(products.length > 10, true);
  const jars: WireJar[] = [];
  for (let user = 0; user < VISITORS + MEMBERS; user++) {
    jars.push(user < VISITORS ? new WireJar() : await cached.member());
  }
  const callsNow = () =>
    Object.entries(site.wix.controls.counters.routes)
      .filter(([name]) => /\/(?:stores|categories)\//.test(name))
      .reduce((sum, [, count]) => sum + count, 0);
  const before = callsNow();
  const outcome = { requests: 0, hits: 0, calls: 0 };
  for (const { buys, second, target, user } of plan(products)) {
    cached.aheadMs = second * 1_000;
    const jar = jars[user] ?? new WireJar();
    const page = await open(target, jar);
    assertEquals(page.status, 200, target);
    const shown = user < VISITORS ? "Visitor" : "Ann";
    assertEquals(shownHeader(page).split(" ")[0], shown);
    outcome.requests++;
    if (page.headers.get("cache-status") === "deno; hit") outcome.hits++;
    if (!buys) continue;
    await addToCart(cached, jar, `${JAR}?Volume=1+l`);
    await open("/cart", jar);
  }
  outcome.calls = callsNow() - before;
  return outcome;
}

/** Renames a product; Wix sends an event if it has a URL to send it to. */
async function rename({ site }: CachedSite, name: string): Promise<void> {
  await changeProduct(site, "preserving-jar", { name });
}

/** Whether a guest reads a new name. */
async function isShown({ open }: CachedSite, name: string): Promise<boolean> {
  const document = parseDocument((await open(JAR)).body);
  return attributes(document, '[property="og:title"]', "content")[0] === name;
}

const STEP_SECONDS = 5;

/** Returns after how many seconds of the clock a guest reads a new name. */
async function secondsUntilShown(
  cached: CachedSite,
  name: string,
): Promise<number> {
  const now = () => Math.floor((Date.now() + cached.aheadMs) / 1_000);
  const startedAt = now();
  while (!await isShown(cached, name)) cached.aheadMs += STEP_SECONDS * 1_000;
  return now() - startedAt;
}

Deno.test("ten minutes of 200 visitors and 20 members", async () => {
  await using cached = await startCachedSite(WITH_WEBHOOKS);
  const { cache, open, site } = cached;
  const { hits, requests, calls } = await browse(cached);
  assertPublic(cache.stored);
  assertEquals(hits > requests * 0.8, true, `${hits} of ${requests}`);

  await open(JAR);
  const startedAt = performance.now();
  const purged = cache.purged("catalog");
  await rename(cached, "Tall jar");
  await purged;
  assertEquals(await isShown(cached, "Tall jar"), true);
  const milliseconds = Math.round(performance.now() - startedAt);

  site.wix.controls.webhookUrls = [];
  await rename(cached, "Wide jar");
  const lost = await secondsUntilShown(cached, "Wide jar");
  assertEquals(lost > 60, true, `${lost} seconds`);

  await using plain = await startCachedSite(ON_DEPLOY);
  await plain.open(JAR);
  await rename(plain, "Tall jar");
  const unpurged = await secondsUntilShown(plain, "Tall jar");
  assertEquals(plain.cache.stored, []);

  const stored = cache.stored.length;
  const times = { milliseconds, lost, unpurged };
  console.log(JSON.stringify({ requests, hits, calls, stored, ...times }));
});
