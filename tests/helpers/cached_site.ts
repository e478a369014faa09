/**
 * The app behind a cache as Deno Deploy has one in front of each app.
 *
 * @module
 */
import { WEBHOOK_PUBLIC_KEY } from "@/packages/local-wix/src/mod.ts";
import { assertEquals } from "@std/assert";
import { parseDocument, shownUser, text } from "./document.ts";
import {
  type SharedCache,
  startSharedCache,
  type Stored,
} from "./shared_cache.ts";
import { type Site, startProcess, startProductionSite } from "./site.ts";
import {
  sendWith,
  WireJar,
  type WireRequest,
  type WireResponse,
} from "./wire.ts";
import { pendingLogin } from "./wire_login.ts";

const HOST = "shop.example";
const ORIGIN = `https://${HOST}`;
/** The route for Wix events. */
export const WEBHOOK = "/api/webhooks/shop";
/** Settings on Deno Deploy, without webhooks. */
export const ON_DEPLOY = {
  DENO_DEPLOY: "true",
  DENO_TIMELINE: "production",
  WIX_CLIENT_PUBLIC_KEY: "",
};
/** The same with webhooks: pages are cached. */
export const WITH_WEBHOOKS = {
  ...ON_DEPLOY,
  WIX_CLIENT_PUBLIC_KEY: btoa(WEBHOOK_PUBLIC_KEY),
};

/** A site behind a cache. */
export interface CachedSite extends AsyncDisposable {
  readonly site: Site;
  readonly cache: SharedCache;
  /** Sends a request through the cache, with the cookies of a browser. */
  open(
    target: string,
    jar?: WireJar,
    request?: Partial<WireRequest>,
  ): Promise<WireResponse>;
  /** Returns the cookies of a browser in which Ann is logged in. */
  member(): Promise<WireJar>;
  /** Starts one more process of the app, as Deno Deploy does. */
  startProcess(): ReturnType<typeof startProcess>;
  /** How far the clock of the cache is ahead, and with the next request the app's. */
  aheadMs: number;
}

/** Starts a site behind a cache; Wix sends events to the app. */
export async function startCachedSite(
  settings: Record<string, string>,
): Promise<CachedSite> {
  const cache = startSharedCache(() => Date.now() + cached.aheadMs);
  const site = await startProductionSite(
    ORIGIN,
    [ORIGIN],
    settings,
    cache.origin,
  );
  cache.upstream = site.app.origin;
  site.wix.controls.webhookUrls = [site.app.origin + WEBHOOK];
  const cached: CachedSite = {
    site,
    cache,
    aheadMs: 0,
    open(target, jar = new WireJar(), request = {}) {
      const headers = [
        ...request.headers ?? [],
        `X-Ahead-Ms: ${cached.aheadMs}`,
      ];
      const sent = { host: HOST, target, ...request, headers };
      return sendWith(jar, cache.origin, sent);
    },
    async member() {
      const jar = new WireJar();
      const { target } = await pendingLogin(cache.origin, jar, { host: HOST });
      await cached.open(target, jar);
      return jar;
    },
    startProcess: () => startProcess(site.wix, ORIGIN, settings, cache.origin),
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await cache[Symbol.asyncDispose]();
    },
  };
  return cached;
}

/** Adds a product to the cart by its form. */
export function addToCart({ open }: CachedSite, jar: WireJar, target: string) {
  return open(target, jar, {
    method: "POST",
    headers: [
      `Origin: ${ORIGIN}`,
      "Content-Type: application/x-www-form-urlencoded",
    ],
    body: "quantity=2",
  });
}

/** Returns the header of a page: the user, and the number of pieces in the cart. */
export function shownHeader(page: { body: string }): string {
  return `${shownUser(page)} ${text(parseDocument(page.body), ".cart-count")}`;
}

/** Asserts that stored responses are those of users without cookies. */
export function assertPublic(stored: readonly Stored[]): void {
  assertEquals(stored.length > 0, true);
  for (const { body, headers, requestHeaders, url } of stored) {
    assertEquals(headers.get("set-cookie"), null, url);
    assertEquals(
      /private|no-store/.test(headers.get("cache-control") ?? ""),
      false,
    );
    if (!headers.get("content-type")?.startsWith("text/html")) continue;
    assertEquals(requestHeaders.get("cookie"), null, url);
    assertEquals(headers.get("vary")?.includes("Cookie"), true, url);
    assertEquals(shownHeader({ body }), "Visitor 0", url);
  }
}
