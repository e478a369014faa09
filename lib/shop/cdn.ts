/**
 * Catalogue pages in the cache of Deno Deploy, which serves them to users
 * without cookies until a Wix event purges them. Enabled by
 * `WIX_CLIENT_PUBLIC_KEY`.
 *
 * @see https://docs.deno.com/deploy/reference/caching/
 * @module
 */
import { readConfig } from "@fresh-wix/core/settings";
import { define } from "@/lib/define.ts";
import type { WixEvent } from "@/lib/webhooks.ts";
import { wix } from "@/lib/wix.ts";
import type { ProductView } from "./product_views.ts";

const { isDeployed, webhookKey } = readConfig();
const isOn = isDeployed && webhookKey !== undefined;

/** Browsers always revalidate: the user may have logged in since. */
const BROWSER = "max-age=0, must-revalidate";
/** Maximum age without an event: ten minutes, or a day while Wix fails. */
const CDN = "s-maxage=600, stale-while-revalidate=60, stale-if-error=86400";
/** Events reach one process only: data of others may be too old for the cache. */
const MAX_AGE_MS = 1_000;
const PURGE_URL = "http://cache.localhost/invalidate/http";

/**
 * Middleware that allows the cache to store a page with `ctx.state.cacheTags`,
 * if the request had no cookies. Other requests get their own page, because its
 * header shows the user and the number of items in the cart.
 */
export const catalogCache = define.middleware(async (ctx) => {
  if (!isOn || ctx.req.headers.has("cookie")) return await ctx.next();
  const response = await wix.shared.within(MAX_AGE_MS, () => ctx.next());
  const { cacheTags } = ctx.state;
  if (cacheTags !== undefined && response.status === 200) {
    response.headers.set("Cache-Control", BROWSER);
    response.headers.set("Deno-CDN-Cache-Control", CDN);
    response.headers.set("Deno-Cache-Tag", cacheTags.join());
  }
  return response;
});

/** Returns the tags of a product's page, which shows its categories' names. */
export function productTags({ id, categoryIds }: ProductView): string[] {
  return [`product-${id}`, ...categoryIds.map((id) => `category-${id}`)];
}

const EVENTS =
  /^wix\.(?:stores\.catalog\.v3|categories\.v1)\.(product|inventory_item|category)_/;

/** Returns the tags of the pages that an event changes; `*` is for all pages. */
export function eventTags({ eventType, entityId, entity }: WixEvent): string[] {
  const [, kind] = EVENTS.exec(eventType) ?? [];
  if (kind === undefined) return [];
  if (kind !== "inventory_item") return [`${kind}-${entityId}`, "catalog"];
  // Lists show whether there is stock, not how much. Wix sends this event besides
  // that of the item, which names the product.
  if (eventType.endsWith("_stock_status_updated")) return ["catalog"];
  return entity.productId ? [`product-${entity.productId}`] : ["*"];
}

/**
 * Removes pages with one of these tags from the cache, and this process's
 * catalogue data.
 *
 * @throws {Error} when the cache refuses, so that Wix resends the event.
 */
export async function purge(tags: readonly string[]): Promise<void> {
  if (tags.length === 0) return;
  wix.shared.clear();
  if (!isDeployed) return;
  const response = await fetch(PURGE_URL, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ tags }),
    // Wix waits little longer, then resends the event.
    signal: AbortSignal.timeout(1_000),
  });
  await response.body?.cancel();
  if (!response.ok) {
    throw new Error(
      `Cannot purge pages: the cache returned ${response.status}`,
    );
  }
}
