import type { Call } from "../call.ts";
import type { Cart } from "../cart/cart.ts";
import { reply } from "../http/response.ts";

/** The path of the hosted checkout page. */
export const CHECKOUT_PATH = "/_pages/checkout";

/**
 * The reply with the URL of the checkout page for `cart`.
 *
 * UNDOCUMENTED: the redirect session of a cart with a checkout page of its own.
 * Here it still leads to Wix's page.
 */
export function checkoutUrlReply(
  { origin }: Call,
  { id, checkoutUrl }: Cart,
): Response {
  const query = new URLSearchParams({ checkoutId: id });
  return reply({
    checkoutUrl: checkoutUrl
      ? checkoutUrl.replaceAll("{checkout_id}", id)
      : `${origin}${CHECKOUT_PATH}?${query}`,
  });
}
