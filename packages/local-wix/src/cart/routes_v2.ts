import * as v from "valibot";
import { allow, type Call, type Handler, type Route } from "../call.ts";
import { placeOrder } from "../checkout/place_order.ts";
import { applicationError, notFound, notImplemented } from "../http/errors.ts";
import type { JsonObject } from "../http/json.ts";
import { readJson } from "../http/request.ts";
import { reply, writeReply } from "../http/response.ts";
import { objectIn, requiredText, validate } from "../http/validate.ts";
import { ELEVATED, USERS } from "../identity/identity.ts";
import type { Cart } from "./cart.ts";
import {
  buyerOf,
  completeCart,
  deleteCart,
  findCart,
  findCartById,
  findOpenCart,
  makeCurrent,
  newCart,
  refuseOrdered,
  saveCart,
} from "./carts.ts";
import {
  withCoupon,
  withFields,
  withMethod,
  withoutCoupon,
  withoutMethod,
} from "./changes_v2.ts";
import {
  readItems,
  withItems,
  withoutLines,
  withQuantities,
} from "./lines_v2.ts";
import { quote } from "./quote.ts";
import {
  cartView,
  priceToken,
  type SummaryOptions,
  summaryView,
} from "./view_v2.ts";
import { violationsOf } from "./violations.ts";

const CARTS = "/ecom/v2/carts";
const CURRENT = `${CARTS}/current`;
const BY_ID = `${CARTS}/{cartId}`;

/** What a request makes of a cart. */
type Change = (cart: Cart, body: JsonObject, call: Call) => Cart;

const CHANGES: Readonly<Record<string, Change>> = {
  "add-line-items": addItems,
  "update-line-items": (cart, { lineItems }, { backend }) =>
    withQuantities(cart, lineItems, backend.store.catalog),
  "remove-line-items": (cart, { lineItemIds }) =>
    withoutLines(cart, lineItemIds),
  "add-coupon": (cart, { coupon }, { backend }) =>
    withCoupon(cart, coupon, backend.store.catalog),
  "remove-coupon": (cart, { couponId }) => withoutCoupon(cart, couponId),
  "set-delivery-method": (cart, { deliveryMethod }) =>
    withMethod(cart, deliveryMethod),
  "remove-delivery-method": withoutMethod,
  // Prices and stock are the catalog's of this moment anyhow.
  "refresh": (cart) => cart,
};

/**
 * Carts, version 2.
 *
 * UNDOCUMENTED: an app's current cart, and a visitor's or member's call with a
 * cart's id. Here both are 403: carts by id are for apps.
 */
export const CART_V2_ROUTES: readonly Route[] = [
  ...allow(USERS, {
    [`POST ${CURRENT}`]: createCurrentCart,
    ...cartRoutes(CURRENT, requireCurrentCart),
    // Unlike other changes, it makes a cart when there is none.
    [`POST ${CURRENT}/add-line-items`]: change(currentOrNewCart, addItems),
  }),
  ...allow(ELEVATED, {
    [`POST ${CARTS}`]: createCart,
    ...cartRoutes(BY_ID, cartInPath),
    [`POST ${BY_ID}/get-checkout-url`]: getCheckoutUrl,
    [`POST ${BY_ID}/place-order`]: placeOrderOf,
    [`POST ${BY_ID}/mark-cart-as-completed`]: markAsCompleted,
  }),
];

/** The routes of a cart that `locate` finds. */
function cartRoutes(
  path: string,
  locate: (call: Call) => Cart,
): Record<string, Handler> {
  const changes = Object.entries(CHANGES).map(([name, apply]) =>
    [`POST ${path}/${name}`, change(locate, apply)] as const
  );
  const routes: Record<string, Handler> = {
    [`GET ${path}`]: (call) => reply({ cart: cartView(call, locate(call)) }),
    [`PATCH ${path}`]: change(
      locate,
      (cart, { cart: sent }) => withFields(cart, sent),
    ),
    [`DELETE ${path}`]: (call) => {
      deleteCart(call, locate(call));
      return writeReply({});
    },
    [`POST ${path}/estimate`]: (call) => estimate(call, locate(call)),
    [`POST ${path}/calculate`]: (call) => calculate(call, locate(call)),
  };
  return { ...Object.fromEntries(changes), ...routes };
}

function change(locate: (call: Call) => Cart, apply: Change): Handler {
  return async (call) => {
    const body = await readJson(call.request);
    const cart = locate(call);
    refuseOrdered(cart);
    return save(call, apply(cart, body, call));
  };
}

function save(call: Call, cart: Cart): Response {
  return writeReply({ cart: cartView(call, saveCart(call, cart)) });
}

function addItems(cart: Cart, body: JsonObject, call: Call): Cart {
  refuseCustomItems(body);
  const { newId, store: { catalog } } = call.backend;
  const items = readItems(body.catalogItems, catalog);
  if (items.length > 0) return withItems(cart, items, { catalog, newId });
  throw applicationError(400, "NO_LINE_ITEMS_TO_ADD", "There are no items");
}

/** UNDOCUMENTED: creating a cart when there is one. Here the new one is current. */
async function createCurrentCart(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const cart = filledCart(newCart(call, buyerOf(call)), body, call);
  return save(call, makeCurrent(call, cart));
}

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

function filledCart(cart: Cart, body: JsonObject, call: Call): Cart {
  refuseCustomItems(body);
  const { newId, store: { catalog } } = call.backend;
  const items = readItems(body.catalogItems, catalog);
  const coupons = validate(
    v.optional(v.array(v.unknown()), []),
    body.coupons,
    "coupons",
  );
  const filled = withItems(withFields(cart, body.cart), items, {
    catalog,
    newId,
  });
  const { isCouponLocked = false, ...open } = filled;
  const discounted = coupons.reduce<Cart>(
    (cart, coupon) => withCoupon(cart, coupon, catalog),
    open,
  );
  const delivered = body.deliveryMethod
    ? withMethod(discounted, body.deliveryMethod)
    : discounted;
  return { ...delivered, isCouponLocked };
}

function refuseCustomItems(body: JsonObject): void {
  for (const name of ["customItems", "giftCards"]) {
    const items = body[name];
    if (Array.isArray(items) && items.length > 0) {
      throw notImplemented("POST", "carts", name);
    }
  }
}

const ESTIMATE = v.object({
  calculateDelivery: v.optional(v.boolean(), false),
  calculateTax: v.optional(v.boolean(), false),
  validationConfig: v.optional(
    v.picklist([
      "SKIP_VALIDATIONS",
      "PRE_CHECKOUT_VALIDATIONS",
      "CHECKOUT_VALIDATIONS",
    ]),
    "SKIP_VALIDATIONS",
  ),
});

const VALIDATIONS = {
  SKIP_VALIDATIONS: "none",
  PRE_CHECKOUT_VALIDATIONS: "before checkout",
  CHECKOUT_VALIDATIONS: "checkout",
} as const;

/** UNDOCUMENTED: the code for an estimate without lines. Here EMPTY_CART, 404. */
async function estimate(call: Call, cart: Cart): Promise<Response> {
  const sent = validate(ESTIMATE, await readJson(call.request));
  refuseOrdered(cart);
  if (cart.lines.length === 0) {
    throw notFound("EMPTY_CART", "The cart is empty");
  }
  return summarize(call, cart, {
    withDelivery: sent.calculateDelivery,
    withTax: sent.calculateTax,
    validations: VALIDATIONS[sent.validationConfig],
  });
}

function calculate(call: Call, cart: Cart): Response {
  refuseOrdered(cart);
  return summarize(call, cart, {
    withDelivery: true,
    withTax: true,
    validations: "checkout",
  });
}

function summarize(call: Call, cart: Cart, options: SummaryOptions): Response {
  return reply({
    cart: cartView(call, cart),
    summary: summaryView(call, cart, options),
  });
}

function getCheckoutUrl(call: Call): Response {
  const query = new URLSearchParams({ checkoutId: cartInPath(call).id });
  return reply({ checkoutUrl: `${call.origin}/_pages/checkout?${query}` });
}

/**
 * The order of a shop with a payment page of its own.
 *
 * UNDOCUMENTED: the statuses of such an order. Here it is approved and waits
 * for its payment.
 */
async function placeOrderOf(call: Call): Promise<Response> {
  const { priceVerificationToken: token } = validate(
    v.object({ priceVerificationToken: v.nullish(v.string()) }),
    await readJson(call.request),
  );
  const cart = cartInPath(call);
  refuseOrdered(cart);
  const costs = quote(cart, call.backend.store.catalog);
  const [violation] = violationsOf(cart, costs, "checkout");
  if (violation) {
    const { code, description, ...data } = violation;
    throw applicationError(428, code, description, data);
  }
  if (token && !token.startsWith(`${cart.id}.`)) {
    const code = "INVALID_PRICE_VERIFICATION_TOKEN";
    throw applicationError(400, code, "It is of no such cart", { token });
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

/** UNDOCUMENTED: the status of CURRENT_CART_NOT_FOUND. Here 404. */
function requireCurrentCart(call: Call): Cart {
  const cart = findCart(call);
  if (cart) return cart;
  throw notFound("CURRENT_CART_NOT_FOUND", "The caller has no cart");
}

function currentOrNewCart(call: Call): Cart {
  return findOpenCart(call) ??
    makeCurrent(call, newCart(call, buyerOf(call)));
}

/** UNDOCUMENTED: the code of a missing cart. Here CART_NOT_FOUND. */
function cartInPath(call: Call): Cart {
  const cart = findCartById(call, call.params.cartId);
  if (cart) return cart;
  throw notFound("CART_NOT_FOUND", "There is no such cart");
}
