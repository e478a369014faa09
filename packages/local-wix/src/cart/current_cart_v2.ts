import { allow, type Call, type Route } from "../call.ts";
import { notFound } from "../http/errors.ts";
import { readJson } from "../http/request.ts";
import { USERS } from "../identity/identity.ts";
import type { Cart } from "./cart.ts";
import {
  findCart,
  findOpenCart,
  identifyBuyer,
  makeCurrent,
  newCart,
} from "./carts.ts";
import { addItems, cartRoutes, filledCart, save } from "./verbs_v2.ts";

const CURRENT = "/ecom/v2/carts/current";

/**
 * The current cart, version 2.
 *
 * UNDOCUMENTED: an app's current cart. Here it has none: 403.
 */
export const CURRENT_CART_V2_ROUTES: readonly Route[] = allow(USERS, {
  [`POST ${CURRENT}`]: createCurrentCart,
  ...cartRoutes(CURRENT, requireCurrentCart),
  // Unlike other changes, it makes a cart when there is none.
  [`POST ${CURRENT}/add-line-items`]: addToCurrentCart,
});

/** UNDOCUMENTED: creating a cart when there is one. Here the new one is current. */
async function createCurrentCart(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const cart = filledCart(newCart(call, identifyBuyer(call)), body, call);
  return save(call, makeCurrent(call, cart));
}

/** UNDOCUMENTED: the status of CURRENT_CART_NOT_FOUND. Here 404. */
function requireCurrentCart(call: Call): Cart {
  const cart = findCart(call);
  if (cart) return cart;
  throw notFound("CURRENT_CART_NOT_FOUND", "The caller has no cart");
}

async function addToCurrentCart(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const cart = findOpenCart(call) ?? newCart(call, identifyBuyer(call));
  return save(call, makeCurrent(call, addItems(cart, body, call)));
}
