/**
 * What a buyer does in the shop, over HTTP.
 *
 * @module
 */
import { SITE } from "@/packages/local-wix/src/mod.ts";
import type { Browser, Page } from "./browser.ts";
import { find, texts } from "./document.ts";
import { send, withFields } from "./forms.ts";
import type { Site } from "./site.ts";

/** What a guest types into Wix's checkout page. */
export const GUEST = {
  email: "guest@demo.example",
  firstName: "Gast",
  lastName: "Müller",
  addressLine: "Wacholderweg 3",
  postalCode: "50667",
  city: "Köln",
};

/** Adds a product to the cart by its page's form; follows the redirect. */
export async function addToCart(
  browser: Browser,
  path: string,
  fields: Record<string, string> = {},
): Promise<Page> {
  const form = withFields(new URLSearchParams({ quantity: "1" }), fields);
  return await send(browser, path, form);
}

/** Sends a form of the cart's page; follows the redirect. */
export async function changeCart(
  browser: Browser,
  action: string,
  fields: Record<string, string> = {},
): Promise<Page> {
  return await send(
    browser,
    "/cart",
    new URLSearchParams({ action, ...fields }),
  );
}

/** Returns the id of the cart's first line. */
export function firstLineId({ document }: Page): string {
  return find(document, "[name=lineId]").getAttribute("value") ?? "";
}

/** Returns name and amount of each part of the cart's total. */
export function totals({ document }: Page): string[] {
  return texts(document, "[aria-label=Summary] dl > div");
}

/** Goes from the cart to Wix's checkout page. */
export async function checkOut(browser: Browser): Promise<Page> {
  return await send(browser, "/checkout", new URLSearchParams());
}

/** Places the order on Wix's checkout page; returns what follows. */
export async function placeOrder(
  browser: Browser,
  checkout: Page,
): Promise<Page> {
  const fields = { ...GUEST, action: "update" };
  const shown = await browser.submit(checkout, "[value=update]", fields);
  return await browser.submit(shown, "[value=order]", {
    ...GUEST,
    action: "order",
  });
}

/** Sets how many of a variant are in stock, as the owner does. */
export async function setStock(
  site: Site,
  sku: string,
  quantity: number,
): Promise<void> {
  const items = "/stores/v3/inventory-items";
  const { inventoryItems } = await callAsOwner(
    site,
    `${items}/search`,
    "POST",
    {
      search: { filter: { "product.variantSku": sku } },
    },
  );
  const [{ id, revision }] = inventoryItems;
  const inventoryItem = { id, revision, quantity };
  await callAsOwner(site, `${items}/${id}`, "PATCH", { inventoryItem });
}

/** Takes a product out of the shop, as the owner does. */
export async function hideProduct(site: Site, slug: string): Promise<void> {
  await changeProduct(site, slug, { visible: false });
}

/** Changes fields of a product, as the owner does. */
export async function changeProduct(
  site: Site,
  slug: string,
  fields: Record<string, unknown>,
): Promise<void> {
  const products = "/stores/v3/products";
  const { product: { id, revision } } = await callAsOwner(
    site,
    `${products}/slug/${slug}`,
    "GET",
  );
  const product = { id, revision, ...fields };
  await callAsOwner(site, `${products}/${id}`, "PATCH", { product });
}

async function callAsOwner(
  { wix }: Site,
  path: string,
  method: string,
  body?: object,
) {
  const response = await fetch(wix.origin + path, {
    method,
    headers: {
      authorization: SITE.apiKey,
      "wix-site-id": SITE.siteId,
      "content-type": "application/json",
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(await response.text());
  return await response.json();
}
