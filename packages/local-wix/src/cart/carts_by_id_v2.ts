import * as v from "valibot";
import { allow, type Call, type Route } from "../call.ts";
import { checkoutUrlReply } from "../checkout/checkout_url.ts";
import { placeOrder } from "../checkout/place_order.ts";
import {
  applicationError,
  notFound,
  unsupportedField,
} from "../http/errors.ts";
import { readJson } from "../http/request.ts";
import { writeReply } from "../http/response.ts";
import {
  carriedObject,
  objectIn,
  requiredText,
  validate,
} from "../http/validate.ts";
import { ELEVATED } from "../identity/identity.ts";
import { SHOP_TERMS } from "../shop/money.ts";
import type { Cart } from "./cart.ts";
import { completeCart, findCartById, newCart, refuseOrdered } from "./carts.ts";
import { quote } from "./quote.ts";
import { cartRoutes, filledCart, save } from "./verbs_v2.ts";
import { cartView, priceToken } from "./view_v2.ts";
import { findViolations } from "./violations.ts";

const CARTS = "/ecom/v2/carts";
const BY_ID = `${CARTS}/{cartId}`;

/**
 * Carts by id, version 2.
 *
 * UNDOCUMENTED: a visitor's or member's call with the id of their cart. Here it
 * is 403: these calls are for apps.
 */
export const CARTS_BY_ID_V2_ROUTES: readonly Route[] = allow(ELEVATED, {
  [`POST ${CARTS}`]: createCart,
  ...cartRoutes(BY_ID, cartInPath),
  [`POST ${BY_ID}/get-checkout-url`]: getCheckoutUrl,
  [`POST ${BY_ID}/place-order`]: placeOrderOf,
  [`POST ${BY_ID}/mark-cart-as-completed`]: markAsCompleted,
});

async function createCart(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const sent = objectIn(body.cart, "cart");
  const { visitorId, memberId } = validate(
    v.object({
      visitorId: v.optional(v.string()),
      memberId: v.optional(v.string()),
    }),
    sent.customerInfo ?? {},
    "cart.customerInfo",
  );
  const { newId, store } = call.backend;
  const contactId = store.members.get(memberId ?? "")?.contactId ?? "";
  const buyer = memberId
    ? { memberId, contactId }
    : { visitorId: visitorId ?? newId() };
  return save(call, filledCart(newCart(call, buyer), body, call));
}

async function getCheckoutUrl(call: Call): Promise<Response> {
  const { currencyCode } = await readJson(call.request);
  // The checkout page shows the shop's currency.
  const isOther = currencyCode && currencyCode !== SHOP_TERMS.currency;
  if (isOther) throw unsupportedField("currencyCode");
  return checkoutUrlReply(call, cartInPath(call));
}

/**
 * The order of a shop with a payment page of its own.
 *
 * UNDOCUMENTED: the statuses of such an order. Here it is approved and waits
 * for its payment.
 */
async function placeOrderOf(call: Call): Promise<Response> {
  const { priceVerificationToken: token } = validate(
    carriedObject({
      cartId: v.optional(v.unknown()),
      priceVerificationToken: v.nullish(v.string()),
    }),
    await readJson(call.request),
  );
  const cart = cartInPath(call);
  refuseOrdered(cart);
  const costs = quote(cart, call.backend.store.catalog);
  const [violation] = findViolations(cart, costs, "checkout");
  if (violation) {
    const { code, description, ...data } = violation;
    throw applicationError(428, code, description, data);
  }
  if (token && !token.startsWith(`${cart.id}.`)) {
    const code = "INVALID_PRICE_VERIFICATION_TOKEN";
    throw applicationError(400, code, "The token belongs to another cart", {
      token,
    });
  }
  if (token && token !== priceToken(cart, costs)) {
    const text = "The prices have changed";
    throw applicationError(428, "CART_PRICES_OUT_OF_SYNC", text);
  }
  const orderId = placeOrder(call, cart, "NOT_PAID");
  return writeReply({ orderId, paymentGatewayOrderId: null, completed: true });
}

async function markAsCompleted(call: Call): Promise<Response> {
  const { orderId } = await readJson(call.request);
  const id = validate(requiredText, orderId, "orderId");
  const cart = cartInPath(call);
  refuseOrdered(cart);
  const completed = completeCart(call, cart, id);
  return writeReply({ cart: cartView(call, completed) });
}

/** UNDOCUMENTED: the code of a missing cart. Here CART_NOT_FOUND. */
function cartInPath(call: Call): Cart {
  const cart = findCartById(call, call.params.cartId);
  if (cart) return cart;
  throw notFound("CART_NOT_FOUND", "Cart not found");
}
