import type { redirects } from "@wix/redirects";
import { guid } from "../../src/mod.ts";
import { STORES_APP_ID } from "../../src/stores/catalog.ts";
import { Browser, type Page } from "../helpers/browser.ts";
import type { OAuthClient } from "../helpers/site.ts";

/** Products of the demo shop, as carts refer to them. */
export const MUG = line(1, { variantId: guid("variant", 1) });
export const CANDLE = line(4);
export const PAN_OF_3 = line(7, { variantId: guid("variant", 7) });
export const GIFT_CARD = line(10);

/** What a guest types into the checkout page. */
export const GUEST = {
  email: "guest@demo.example",
  firstName: "Gast",
  lastName: "Müller",
  addressLine: "Wacholderweg 3",
  postalCode: "50667",
  city: "Köln",
  country: "DE",
};

/** The pages of a shop on this machine to which the checkout page leads. */
export const CALLBACKS = {
  thankYouPageUrl: "http://localhost:8000/thanks?from=shop",
  cartPageUrl: "http://localhost:8000/cart",
  postFlowUrl: "http://localhost:8000/",
};

type Fields = Record<string, string>;
type Redirects = OAuthClient<{ redirects: typeof redirects }>["redirects"];

/** `quantity` pieces of a product, in the shape of `lineItems`. */
export function pieces(item: ReturnType<typeof line>, quantity: number) {
  return { ...item, quantity };
}

function line(productNumber: number, options?: { variantId: string }) {
  const reference = {
    appId: STORES_APP_ID,
    catalogItemId: guid("product", productNumber),
  };
  return {
    catalogReference: options ? { ...reference, options } : reference,
    quantity: 1,
  };
}

/** The page of a checkout, or of a cart. */
export async function checkoutPage(
  { redirects }: { readonly redirects: Redirects },
  checkoutId = "",
  callbacks: Fields = CALLBACKS,
): Promise<string> {
  const ecomCheckout = { checkoutId };
  const { redirectSession } = await redirects
    .createRedirectSession({ ecomCheckout, callbacks });
  return redirectSession?.fullUrl ?? "";
}

/** Places an order on the checkout page; where the browser is sent then. */
export async function order(
  url: string,
  changes?: Fields,
  browser?: Browser,
): Promise<URL> {
  const { location } = await submit(url, changes, browser);
  return new URL(location ?? "about:blank");
}

/** Fills in the checkout page, looks at the total and places the order. */
export async function submit(
  url: string,
  changes: Fields = {},
  browser = new Browser(),
): Promise<Page> {
  const first = typed(await browser.get(url), changes);
  const shown = await browser.submit(url, { ...first, action: "update" });
  return await browser.submit(url, typed(shown, changes));
}

/** What the page's form would send, with `changes` typed into it. */
function typed({ text }: Page, changes: Fields) {
  const inputs = [...text.matchAll(/<input[^>]*?name="(\w+)"\s+value="(.*?)"/g)]
    .filter(([tag]) => !tag.includes("radio"))
    .map(([, name = "", value = ""]) => [name, value]);
  const country = /<option value="(\w+)" selected/.exec(text)?.[1] ?? "";
  const fields = { ...Object.fromEntries(inputs), country, action: "order" };
  return { ...fields, ...changes };
}
