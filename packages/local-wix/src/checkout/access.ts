import type { Call } from "../call.ts";
import { notFound } from "../http/errors.ts";
import { isElevated } from "../identity/identity.ts";
import type { Checkout } from "./checkout.ts";

/**
 * The checkout with this id, if the caller may use it: visitors and members
 * their own, apps all.
 *
 * UNDOCUMENTED: a checkout of another buyer. Here it is the 404 of a checkout
 * that does not exist.
 */
export function requireCheckout(
  { identity, backend }: Call,
  id: string | undefined,
): Checkout {
  const checkout = backend.store.checkouts.get(id ?? "");
  const isAllowed = isElevated(identity) || (checkout &&
    ("memberId" in checkout.buyer
      ? "memberId" in identity && identity.memberId === checkout.buyer.memberId
      : "visitorId" in identity &&
        identity.visitorId === checkout.buyer.visitorId));
  if (checkout && isAllowed) return checkout;
  throw notFound("CHECKOUT_NOT_FOUND", "There is no such checkout");
}
