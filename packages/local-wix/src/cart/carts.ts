import type { Call } from "../call.ts";
import { notFound } from "../http/errors.ts";
import type { Buyer, Cart } from "./cart.ts";

/** The buyer, when `call` comes from a visitor or a member. */
export function buyerOf({ identity, backend }: Call): Buyer {
  if (identity.kind === "member") {
    const { memberId } = identity;
    const contactId = backend.store.members.get(memberId)?.contactId ?? "";
    return { memberId, contactId };
  }
  if (identity.kind === "visitor") return { visitorId: identity.visitorId };
  throw new TypeError(`Cannot buy as ${identity.kind}`);
}

/**
 * The caller's cart.
 *
 * UNDOCUMENTED: what becomes of a visitor's cart at login. Here a member
 * without a cart takes over the one they filled as a visitor; a member who has
 * one keeps it, and the visitor's stays where it is.
 */
export function findCart(call: Call): Cart | undefined {
  const { identity, backend: { store: { carts } } } = call;
  const own = carts.get(keyOf(buyerOf(call)));
  if (own || identity.kind !== "member") return own;
  const key = keyOf({ visitorId: identity.visitorId });
  const left = carts.get(key);
  if (!left) return undefined;
  carts.delete(key);
  return keepCart(call, { ...left, buyer: buyerOf(call) });
}

/**
 * The caller's cart; throws when there is none.
 *
 * UNDOCUMENTED: the status of OWNED_CART_NOT_FOUND. Here 404.
 */
export function requireCart(call: Call): Cart {
  const cart = findCart(call);
  if (cart) return cart;
  throw notFound("OWNED_CART_NOT_FOUND", "The caller has no cart");
}

/** Keeps `cart` as its buyer's current cart. */
export function keepCart({ backend }: Call, cart: Cart): Cart {
  backend.store.carts.set(keyOf(cart.buyer), cart);
  return cart;
}

/** Removes the cart with this id, whichever buyer has it by now. */
export function dropCart({ backend: { store: { carts } } }: Call, id: string) {
  for (const [key, cart] of carts) {
    if (cart.id === id) carts.delete(key);
  }
}

function keyOf(buyer: Buyer): string {
  return "memberId" in buyer
    ? `member ${buyer.memberId}`
    : `visitor ${buyer.visitorId}`;
}
