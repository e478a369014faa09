import type { Call } from "../call.ts";
import { invalidField, notFound } from "../http/errors.ts";
import { objectIn, textIn, textsIn } from "../http/parse.ts";
import { reply, writeReply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { addLines, type Cart, inStock } from "./cart.ts";
import { cartView } from "./cart_view.ts";
import { buyerOf, dropCart, findCart, keepCart, requireCart } from "./carts.ts";
import { readLines, readQuantity, resolveLines } from "./catalog_lines.ts";
import { requireCoupon } from "./coupons.ts";

/** `GET /ecom/v1/carts/current` */
export function getCurrentCart(call: Call): Response {
  return reply({ cart: viewOf(call, requireCart(call)) });
}

/** `POST /ecom/v1/carts/current/add-to-cart`: makes the cart if need be. */
export async function addToCurrentCart(call: Call): Promise<Response> {
  const { catalog } = call.backend.store;
  const added = readLines(await readJson(call.request), catalog);
  if (added.length === 0) {
    const text = "lineItems must not be empty";
    throw invalidField("lineItems", text, "REQUIRED_FIELD");
  }
  const cart = findCart(call) ?? newCart(call);
  const lines = addLines(cart.lines, added, {
    catalog,
    newId: call.backend.newId,
  });
  return change(call, { ...cart, lines });
}

/** `POST /ecom/v1/carts/current/update-line-items-quantity` */
export async function updateCurrentCartLineItemQuantity(
  call: Call,
): Promise<Response> {
  const { lineItems } = await readJson(call.request);
  if (!Array.isArray(lineItems)) {
    throw invalidField("lineItems", "lineItems must be a list");
  }
  const cart = requireCart(call);
  const quantities = new Map(lineItems.map((item, index) => {
    const field = `lineItems[${index}]`;
    const { id, quantity } = objectIn(item, field);
    return [textIn(id), readQuantity(quantity, `${field}.quantity`)];
  }));
  for (const id of quantities.keys()) {
    if (cart.lines.some((line) => line.id === id)) continue;
    // UNDOCUMENTED: changing the quantity of a line that the cart does not
    // have. Here it is 404 LINE_ITEM_NOT_FOUND.
    throw notFound("LINE_ITEM_NOT_FOUND", `The cart has no line item ${id}`);
  }
  const { catalog } = call.backend.store;
  const lines = cart.lines.map((line) => {
    const quantity = quantities.get(line.id);
    return quantity ? inStock({ ...line, quantity }, catalog) : line;
  });
  return change(call, { ...cart, lines });
}

/**
 * `POST /ecom/v1/carts/current/remove-line-items`
 *
 * UNDOCUMENTED: removing lines that the cart does not have. Here they are
 * ignored.
 */
export async function removeLineItemsFromCurrentCart(
  call: Call,
): Promise<Response> {
  const ids = textsIn((await readJson(call.request)).lineItemIds);
  const cart = requireCart(call);
  const lines = cart.lines.filter(({ id }) => !ids.includes(id));
  return change(call, { ...cart, lines });
}

/** `PATCH /ecom/v1/carts/current`: coupon, note, and lines to add. */
export async function updateCurrentCart(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const { catalog } = call.backend.store;
  const added = readLines(body, catalog);
  const { buyerNote } = objectIn(body.cartInfo, "cartInfo");
  const code = textIn(body.couponCode);
  if (code) requireCoupon(code);
  const cart = requireCart(call);
  const lines = addLines(cart.lines, added, {
    catalog,
    newId: call.backend.newId,
  });
  return change(call, {
    ...cart,
    lines,
    ...(code && { couponCode: code }),
    ...(typeof buyerNote === "string" && { buyerNote }),
  });
}

/** `POST /ecom/v1/carts/current/remove-coupon` */
export function removeCouponFromCurrentCart(call: Call): Response {
  const { couponCode: _removed, ...cart } = requireCart(call);
  return change(call, cart);
}

/** `DELETE /ecom/v1/carts/current` */
export function deleteCurrentCart(call: Call): Response {
  dropCart(call, requireCart(call).id);
  return writeReply({});
}

function newCart(call: Call): Cart {
  const now = new Date(call.backend.now()).toISOString();
  return {
    id: call.backend.newId(),
    buyer: buyerOf(call),
    lines: [],
    createdDate: now,
    updatedDate: now,
  };
}

function change(call: Call, cart: Cart): Response {
  const updatedDate = new Date(call.backend.now()).toISOString();
  const kept = keepCart(call, { ...cart, updatedDate });
  return writeReply({ cart: viewOf(call, kept) });
}

function viewOf({ backend }: Call, cart: Cart) {
  return cartView(cart, resolveLines(cart.lines, backend.store.catalog));
}
