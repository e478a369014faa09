import type { Call } from "../call.ts";
import type { Cart } from "../cart/cart.ts";
import { reply } from "../http/response.ts";

/** The path of the hosted checkout page. */
export const CHECKOUT_PATH = "/_pages/checkout";

/** The reply with the URL of the checkout page for `cart`. */
export function checkoutUrlReply({ origin }: Call, { id }: Cart): Response {
  const query = new URLSearchParams({ checkoutId: id });
  return reply({ checkoutUrl: `${origin}${CHECKOUT_PATH}?${query}` });
}
