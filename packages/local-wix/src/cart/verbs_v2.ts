/**
 * What requests do with carts of version 2, the current one and those by id.
 *
 * @module
 */
import * as v from "valibot";
import type { Call, Handler } from "../call.ts";
import {
  applicationError,
  notFound,
  permissionDenied,
} from "../http/errors.ts";
import type { JsonObject } from "../http/json.ts";
import { readJson } from "../http/request.ts";
import { reply, writeReply } from "../http/response.ts";
import { validate } from "../http/validate.ts";
import { isElevated } from "../identity/identity.ts";
import type { Cart, NewLine } from "./cart.ts";
import { deleteCart, refuseOrdered, saveCart } from "./carts.ts";
import {
  withCoupon,
  withFields,
  withMethod,
  withoutCoupon,
  withoutMethod,
} from "./changes_v2.ts";
import { readCustomItems } from "./custom_item.ts";
import { withGiftCard, withoutGiftCard } from "./gift_card_v2.ts";
import {
  readItems,
  withItems,
  withoutLines,
  withQuantities,
} from "./lines_v2.ts";
import { cartView, type SummaryOptions, summaryView } from "./view_v2.ts";

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
  "remove-coupon": (cart, { couponId }, { backend }) =>
    withoutCoupon(cart, couponId, backend.store.catalog),
  "add-gift-card": (cart, { giftCard }, call) =>
    withGiftCard(cart, giftCard, call),
  "remove-gift-card": (cart, { giftCardId }) =>
    withoutGiftCard(cart, giftCardId),
  "set-delivery-method": (cart, { deliveryMethod }) =>
    withMethod(cart, deliveryMethod),
  "remove-delivery-method": withoutMethod,
  // Prices and stock are the catalog's of this moment anyhow.
  "refresh": (cart) => cart,
};

/** The routes of a cart that `locate` finds. */
export function cartRoutes(
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

/** Keeps `cart` and replies with it. */
export function save(call: Call, cart: Cart): Response {
  return writeReply({ cart: cartView(call, saveCart(call, cart)) });
}

/** `cart` with the items of a request, which needs some. */
export function addItems(cart: Cart, body: JsonObject, call: Call): Cart {
  const { newId, store: { catalog } } = call.backend;
  const items = readAllItems(body, call);
  if (items.length > 0) return withItems(cart, items, { catalog, newId });
  throw applicationError(
    400,
    "NO_LINE_ITEMS_TO_ADD",
    "The list of items is empty",
  );
}

/** `cart` with all that a request to create it says. */
export function filledCart(cart: Cart, body: JsonObject, call: Call): Cart {
  const { newId, store: { catalog } } = call.backend;
  const items = readAllItems(body, call);
  const listIn = (name: "coupons" | "giftCards") =>
    validate(v.optional(v.array(v.unknown()), []), body[name], name);
  const filled = withItems(withFields(cart, body.cart), items, {
    catalog,
    newId,
  });
  const { isCouponLocked = false, ...open } = filled;
  const discounted = listIn("coupons").reduce<Cart>(
    (cart, coupon) => withCoupon(cart, coupon, catalog),
    open,
  );
  const prepaid = listIn("giftCards").reduce<Cart>(
    (cart, giftCard) => withGiftCard(cart, giftCard, call),
    discounted,
  );
  const delivered = body.deliveryMethod
    ? withMethod(prepaid, body.deliveryMethod)
    : prepaid;
  return { ...delivered, isCouponLocked };
}

/**
 * The items of a request.
 *
 * UNDOCUMENTED: custom items from a visitor or member, who would set their own
 * price. Here 403.
 */
function readAllItems(
  { catalogItems, customItems }: JsonObject,
  { backend, identity }: Call,
): NewLine[] {
  const custom = readCustomItems(customItems);
  if (custom.length > 0 && !isElevated(identity)) {
    throw permissionDenied("Custom items are for apps");
  }
  return [...readItems(catalogItems, backend.store.catalog), ...custom];
}

const ESTIMATE = v.object({
  calculateDelivery: v.optional(v.boolean(), false),
  calculateTax: v.optional(v.boolean(), false),
  calculateGiftCards: v.optional(v.boolean(), false),
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
    withGiftCards: sent.calculateGiftCards,
    validations: VALIDATIONS[sent.validationConfig],
  });
}

function calculate(call: Call, cart: Cart): Response {
  refuseOrdered(cart);
  return summarize(call, cart, {
    withDelivery: true,
    withTax: true,
    withGiftCards: true,
    validations: "checkout",
  });
}

function summarize(call: Call, cart: Cart, options: SummaryOptions): Response {
  return reply({
    cart: cartView(call, cart),
    summary: summaryView(call, cart, options),
  });
}
