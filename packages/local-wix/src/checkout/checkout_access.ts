import type { Call } from "../call.ts";
import { notFound } from "../http/errors.ts";
import type { Checkout } from "./checkout.ts";

/**
 * The checkout with this id, if the caller may use it: visitors and members
 * their own, apps all.
 *
 * UNDOCUMENTED: the answer for someone else's checkout. Here it is the 404 of
 * a checkout that does not exist.
 */
export function requireCheckout(
  { identity, backend }: Call,
  id: string,
): Checkout {
  const checkout = backend.store.checkouts.get(id);
  const { kind } = identity;
  const isElevated = kind === "app" || kind === "api_key";
  if (checkout && (isElevated || isBuyer(checkout, identity))) return checkout;
  throw notFound("CHECKOUT_NOT_FOUND", "There is no such checkout");
}

function isBuyer({ buyer }: Checkout, identity: Call["identity"]): boolean {
  if ("memberId" in buyer) {
    return "memberId" in identity && identity.memberId === buyer.memberId;
  }
  return "visitorId" in identity && identity.visitorId === buyer.visitorId;
}
