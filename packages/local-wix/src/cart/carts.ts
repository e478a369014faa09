import type { Call } from "../call.ts";
import { applicationError, notFound } from "../http/errors.ts";
import { requestLanguage } from "../http/request.ts";
import { isElevated } from "../identity/identity.ts";
import { requestMarket } from "../shop/money.ts";
import type { Buyer, Cart } from "./cart.ts";

/** The buyer, when `call` comes from a visitor or a member. */
export function identifyBuyer({ identity, backend }: Call): Buyer {
  if (identity.kind === "member") {
    const { memberId } = identity;
    const contactId = backend.store.members.get(memberId)?.contactId ?? "";
    return { memberId, contactId };
  }
  if (identity.kind === "visitor") return { visitorId: identity.visitorId };
  throw new TypeError(`Cannot buy as ${identity.kind}`);
}

/** An empty cart, which is not kept yet. */
export function newCart({ backend, request }: Call, buyer: Buyer): Cart {
  const { isoNow } = backend;
  const languageCode = requestLanguage(request);
  return {
    id: backend.newId(),
    revision: 0,
    buyer,
    lines: [],
    channelType: "WEB",
    ...(languageCode && { languageCode }),
    currencyCode: requestMarket(request).currency,
    recipient: {},
    createdDate: isoNow,
    updatedDate: isoNow,
  };
}

/**
 * The caller's current cart, which may have been ordered.
 *
 * UNDOCUMENTED: what happens to a visitor's cart at login. Here a member
 * without a cart takes over the one they filled as a visitor; a member who has
 * one keeps it, and the visitor's stays where it is.
 */
export function findCart(call: Call): Cart | undefined {
  const { identity } = call;
  const own = currentCart(call, identifyBuyer(call));
  if (own || identity.kind !== "member") return own;
  const left = currentCart(call, { visitorId: identity.visitorId });
  if (!left || left.orderId) return undefined;
  return handOver(call, left, identifyBuyer(call));
}

/** Makes a visitor's cart a member's, whose current one it becomes. */
export function handOver(call: Call, cart: Cart, buyer: Buyer): Cart {
  if (isCurrent(call, cart)) {
    call.backend.store.currentCarts.delete(keyOf(cart.buyer));
  }
  return makeCurrent(call, saveCart(call, { ...cart, buyer }));
}

function currentCart({ backend: { store } }: Call, buyer: Buyer) {
  return store.carts.get(store.currentCarts.get(keyOf(buyer)) ?? "");
}

/** The caller's current cart, unless it has been ordered. */
export function findOpenCart(call: Call): Cart | undefined {
  const cart = findCart(call);
  return cart?.orderId ? undefined : cart;
}

/**
 * The caller's open cart, for version 1; throws when there is none.
 *
 * UNDOCUMENTED: the status of OWNED_CART_NOT_FOUND. Here 404.
 */
export function requireOpenCart(call: Call): Cart {
  const cart = findOpenCart(call);
  if (cart) return cart;
  throw notFound("OWNED_CART_NOT_FOUND", "The caller has no cart");
}

/**
 * The cart with this id, if the caller may use it: visitors and members their
 * own, apps all.
 */
export function findCartById(
  { identity, backend: { store } }: Call,
  id = "",
): Cart | undefined {
  const cart = store.carts.get(id);
  if (!cart || isElevated(identity)) return cart;
  const { buyer } = cart;
  const isOwn = "memberId" in buyer
    ? "memberId" in identity && identity.memberId === buyer.memberId
    : "visitorId" in identity && identity.visitorId === buyer.visitorId;
  return isOwn ? cart : undefined;
}

/** Keeps `cart` with its changes. */
export function saveCart({ backend }: Call, cart: Cart): Cart {
  const revision = cart.revision + 1;
  const kept = { ...cart, revision, updatedDate: backend.isoNow };
  backend.store.carts.put(kept);
  return kept;
}

/** Makes `cart` its buyer's current one. */
export function makeCurrent({ backend: { store } }: Call, cart: Cart): Cart {
  store.currentCarts.set(keyOf(cart.buyer), cart.id);
  return cart;
}

/** Whether `cart` is its buyer's current one. */
export function isCurrent({ backend: { store } }: Call, cart: Cart): boolean {
  return store.currentCarts.get(keyOf(cart.buyer)) === cart.id;
}

/** Removes a cart. */
export function deleteCart(call: Call, cart: Cart): void {
  const { carts, currentCarts } = call.backend.store;
  if (isCurrent(call, cart)) currentCarts.delete(keyOf(cart.buyer));
  carts.delete(cart.id);
}

/**
 * Ends `cart` with its order.
 *
 * UNDOCUMENTED: what the current cart is after its order. Here there is none;
 * the setting `orderedCart` keeps it, as one that cannot be changed.
 */
export function completeCart(call: Call, cart: Cart, orderId: string): Cart {
  const { store, settings: { values } } = call.backend;
  if (values.orderedCart === "gone" && isCurrent(call, cart)) {
    store.currentCarts.delete(keyOf(cart.buyer));
  }
  return saveCart(call, { ...cart, orderId });
}

/**
 * Throws when `cart` has been ordered.
 *
 * UNDOCUMENTED: the statuses of the errors that Cart V2 declares. Here 404 for
 * what is not found, 409 for what exists already, 400 for what is malformed,
 * and 428 for what does not fit the state of cart and shop.
 */
export function refuseOrdered({ id: cartId, orderId }: Cart): void {
  if (!orderId) return;
  const text = "This cart has already been ordered";
  const data = { cartId, orderId };
  throw applicationError(428, "CART_ALREADY_ORDERED", text, data);
}

function keyOf(buyer: Buyer): string {
  return "memberId" in buyer
    ? `member ${buyer.memberId}`
    : `visitor ${buyer.visitorId}`;
}
