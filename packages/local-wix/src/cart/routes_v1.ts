import * as v from "valibot";
import { allow, type Call, type Route } from "../call.ts";
import { notFound } from "../http/errors.ts";
import { textIn, textsIn } from "../http/json.ts";
import { readJson } from "../http/request.ts";
import { reply, writeReply } from "../http/response.ts";
import {
  limitedText,
  objectIn,
  optionalText,
  refuseFields,
  validate,
} from "../http/validate.ts";
import { USERS } from "../identity/identity.ts";
import { SHOP_TERMS, shopPrice } from "../shop/money.ts";
import { requireCoupon } from "../shop/offers.ts";
import { type Cart, type NewLine, resolveLines } from "./cart.ts";
import {
  deleteCart,
  findOpenCart,
  identifyBuyer,
  makeCurrent,
  newCart,
  requireOpenCart,
  saveCart,
} from "./carts.ts";
import { QUANTITY } from "./catalog_reference.ts";
import { addWhatIsLeft, inStock, readLines, requireLines } from "./lines_v1.ts";
import { quote } from "./quote.ts";
import { cartView, lineCosts, quoteView } from "./views_v1.ts";

const CURRENT = "/ecom/v1/carts/current";

/**
 * The current cart, version 1.
 *
 * UNDOCUMENTED: an app's current cart. Here it has none: 403.
 */
export const CART_V1_ROUTES: readonly Route[] = allow(USERS, {
  [`GET ${CURRENT}`]: (call) =>
    reply({ cart: viewOf(call, requireOpenCart(call)) }),
  [`PATCH ${CURRENT}`]: updateCart,
  [`DELETE ${CURRENT}`]: deleteCurrent,
  [`POST ${CURRENT}/add-to-cart`]: addToCart,
  [`POST ${CURRENT}/update-line-items-quantity`]: updateQuantities,
  [`POST ${CURRENT}/remove-line-items`]: removeLines,
  [`POST ${CURRENT}/remove-coupon`]: removeCoupon,
  [`POST ${CURRENT}/estimate-totals`]: estimateTotals,
});

/** Makes the cart if need be. */
async function addToCart(call: Call): Promise<Response> {
  const added = requireLines(await readJson(call.request), call.backend);
  const cart = findOpenCart(call) ?? newCart(call, identifyBuyer(call));
  const saved = save(call, withLines(call, cart, added));
  makeCurrent(call, cart);
  return saved;
}

const QUANTITIES = v.object({
  lineItems: v.array(v.object({ id: optionalText, quantity: QUANTITY })),
});

async function updateQuantities(call: Call): Promise<Response> {
  const { lineItems } = validate(QUANTITIES, await readJson(call.request));
  const cart = requireOpenCart(call);
  const quantities = new Map(
    lineItems.map(({ id, quantity }) => [id, quantity]),
  );
  for (const id of quantities.keys()) {
    if (cart.lines.some((line) => line.id === id)) continue;
    // UNDOCUMENTED: changing the quantity of a line that the cart does not
    // have. Here it is 404 LINE_ITEM_NOT_FOUND.
    throw notFound("LINE_ITEM_NOT_FOUND", `The cart has no line item ${id}`);
  }
  const lines = cart.lines.map((line) => {
    const quantity = quantities.get(line.id);
    if (!quantity) return line;
    return inStock({ ...line, quantity }, call.backend.store.catalog);
  });
  return save(call, { ...cart, lines });
}

/**
 * UNDOCUMENTED: removing lines that the cart does not have. Here they are
 * ignored.
 */
async function removeLines(call: Call): Promise<Response> {
  const ids = textsIn((await readJson(call.request)).lineItemIds);
  const cart = requireOpenCart(call);
  const lines = cart.lines.filter(({ id }) => !ids.includes(id));
  return save(call, { ...cart, lines });
}

const CART_INFO = v.object({
  buyerNote: v.optional(limitedText(1000)),
  overrideCheckoutUrl: v.optional(limitedText(1000)),
});

/** Changes coupon, note and checkout page, and adds lines. */
async function updateCart(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  refuseFields(
    body,
    "cartInfo.businessLocationId",
    "cartInfo.contactInfo",
    "cartInfo.extendedFields.namespaces",
    "cartInfo.selectedShippingOption",
  );
  const added = readLines(body, call.backend);
  const { buyerNote, overrideCheckoutUrl } = validate(
    CART_INFO,
    objectIn(body.cartInfo, "cartInfo"),
    "cartInfo",
  );
  const couponCode = textIn(body.couponCode);
  const { catalog } = call.backend.store;
  if (couponCode) requireCoupon(catalog.coupon(couponCode));
  return save(call, {
    ...withLines(call, requireOpenCart(call), added),
    ...(couponCode && { couponCode }),
    ...(buyerNote !== undefined && { note: buyerNote }),
    ...(overrideCheckoutUrl !== undefined &&
      { checkoutUrl: overrideCheckoutUrl }),
  });
}

function removeCoupon(call: Call): Response {
  const { couponCode: _removed, ...cart } = requireOpenCart(call);
  return save(call, cart);
}

function deleteCurrent(call: Call): Response {
  deleteCart(call, requireOpenCart(call));
  return writeReply({});
}

async function estimateTotals(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  refuseFields(body, "selectedMemberships.memberships");
  const cart = requireOpenCart(call);
  const { country } = {
    ...objectIn(body.billingAddress, "billingAddress"),
    ...objectIn(body.shippingAddress, "shippingAddress"),
  };
  const option = "selectedShippingOption";
  const estimate = quote(cart, call.backend.store.catalog, {
    country: textIn(country),
    shippingCode: textIn(objectIn(body[option], option).code),
    withTax: body.calculateTax !== false,
    withShipping: body.calculateShipping !== false,
  });
  const { weightUnit, currency } = SHOP_TERMS;
  return reply({
    cart: cartView(cart, estimate.lines, estimate.enteredCoupon),
    calculatedLineItems: estimate.lines.map((line) => {
      const price = shopPrice(line.unitPrice);
      return {
        lineItemId: line.id,
        pricesBreakdown: {
          ...lineCosts(line, estimate.taxPerMille),
          price,
          priceBeforeDiscounts: price,
          fullPrice: price,
          lineItemPrice: shopPrice(line.amounts.beforeDiscount),
        },
        paymentOption: "FULL_PAYMENT_ONLINE",
      };
    }),
    ...quoteView(estimate),
    weightUnit,
    currency,
  });
}

function withLines(
  { backend }: Call,
  cart: Cart,
  added: readonly NewLine[],
): Cart {
  const { newId, store: { catalog } } = backend;
  return {
    ...cart,
    lines: addWhatIsLeft(cart.lines, added, { catalog, newId }),
  };
}

function save(call: Call, cart: Cart): Response {
  return writeReply({ cart: viewOf(call, saveCart(call, cart)) });
}

function viewOf({ backend }: Call, cart: Cart) {
  const { catalog } = backend.store;
  const coupon = catalog.coupon(cart.couponCode);
  return cartView(cart, resolveLines(cart.lines, catalog), coupon);
}
