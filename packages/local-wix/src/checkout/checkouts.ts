import type { Call } from "../call.ts";
import { addLines, type Buyer } from "../ecom/cart.ts";
import { buyerOf, keepCart, requireCart } from "../ecom/carts.ts";
import { readLines } from "../ecom/catalog_lines.ts";
import { requireCoupon } from "../ecom/coupons.ts";
import { applicationError, invalidField } from "../http/errors.ts";
import type { JsonObject } from "../http/json.ts";
import { objectIn, textIn } from "../http/parse.ts";
import { reply, writeReply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { type Checkout, quoteCheckout } from "./checkout.ts";
import { requireCheckout } from "./checkout_access.ts";
import {
  type CheckoutFields,
  readCheckoutFields,
  readRecipient,
} from "./checkout_fields.ts";
import { checkoutView } from "./checkout_view.ts";

const CHANNEL_TYPES = [
  "UNSPECIFIED",
  "WEB",
  "POS",
  "EBAY",
  "AMAZON",
  "WIX_APP_STORE",
  "WIX_INVOICES",
  "BACKOFFICE_MERCHANT",
  "OTHER_PLATFORM",
];

/**
 * `POST /ecom/v1/carts/current/create-checkout`. A cart has one checkout, which
 * takes over what has changed in the cart.
 *
 * UNDOCUMENTED: the checkout of an empty cart. Here it is 400 EMPTY_CART.
 */
export async function createCheckoutFromCurrentCart(
  call: Call,
): Promise<Response> {
  const body = await readJson(call.request);
  const cart = requireCart(call);
  if (cart.lines.length === 0) {
    throw applicationError(400, "EMPTY_CART", "The cart is empty");
  }
  const channelType = readChannelType(body);
  const { code } = objectIn(
    body.selectedShippingOption,
    "selectedShippingOption",
  );
  const recipient = {
    ...readRecipient({ address: body.billingAddress }, "billingAddress"),
    ...readRecipient({ address: body.shippingAddress }, "shippingAddress"),
  };
  // An order ends the cart: what is kept with one is open.
  const kept = call.backend.store.checkouts.get(cart.checkoutId ?? "");
  const present = kept ?? {
    ...newCheckout(call, channelType, cart.buyer),
    cartId: cart.id,
  };
  const checkout = keep(call, {
    ...withCoupon(present, cart.couponCode),
    buyer: cart.buyer,
    lines: cart.lines,
    recipient: { ...present.recipient, ...recipient },
    ...(cart.buyerNote && { buyerNote: cart.buyerNote }),
    ...(textIn(body.email) && { email: textIn(body.email) ?? "" }),
    ...(textIn(code) && { shippingCode: textIn(code) ?? "" }),
  });
  keepCart(call, { ...cart, checkoutId: checkout.id });
  return writeReply({ checkoutId: checkout.id });
}

/** `POST /ecom/v1/checkouts` */
export async function createCheckout(call: Call): Promise<Response> {
  const { backend, identity } = call;
  const body = await readJson(call.request);
  const { newId, store: { catalog } } = backend;
  const lines = addLines([], readLines(body, catalog), { catalog, newId });
  if (lines.length === 0) {
    const text = "lineItems must not be empty";
    throw invalidField("lineItems", text, "REQUIRED_FIELD");
  }
  const info = objectIn(body.checkoutInfo, "checkoutInfo");
  const couponCode = readCoupon(body);
  const isPerson = identity.kind === "visitor" || identity.kind === "member";
  const buyer = isPerson ? buyerOf(call) : { visitorId: newId() };
  const checkout = keep(call, {
    ...newCheckout(call, readChannelType(body), buyer),
    lines,
    ...(couponCode && { couponCode }),
    ...readCheckoutFields(info, "checkoutInfo"),
  });
  return writeReply({ checkout: viewOf(call, checkout) });
}

/** `GET /ecom/v1/checkouts/{id}` */
export function getCheckout(call: Call): Response {
  const checkout = requireCheckout(call, call.params.id ?? "");
  return reply({ checkout: viewOf(call, checkout) });
}

/** `PATCH /ecom/v1/checkouts/{id}`: buyer, addresses, shipping and coupon. */
export async function updateCheckout(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const present = requireCheckout(call, call.params.id ?? "");
  if (present.orderId) {
    const text = "The order of this checkout was placed";
    throw applicationError(400, "CHECKOUT_IS_COMPLETE", text);
  }
  const sent = objectIn(body.checkout, "checkout");
  const fields: CheckoutFields = readCheckoutFields(sent, "checkout");
  const checkout = keep(call, {
    ...withCoupon(present, readCoupon(body) ?? present.couponCode),
    ...fields,
    recipient: { ...present.recipient, ...fields.recipient },
  });
  return writeReply({ checkout: viewOf(call, checkout) });
}

/** `GET /ecom/v1/checkouts/{id}/checkout-url` */
export function getCheckoutUrl(call: Call): Response {
  const { id } = requireCheckout(call, call.params.id ?? "");
  const query = new URLSearchParams({ checkoutId: id });
  return reply({ checkoutUrl: `${call.origin}/_pages/checkout?${query}` });
}

function newCheckout(
  { backend }: Call,
  channelType: string,
  buyer: Buyer,
): Checkout {
  const now = new Date(backend.now()).toISOString();
  return {
    id: backend.newId(),
    buyer,
    lines: [],
    channelType,
    recipient: {},
    createdDate: now,
    updatedDate: now,
  };
}

function keep({ backend }: Call, checkout: Checkout): Checkout {
  const updatedDate = new Date(backend.now()).toISOString();
  const kept = { ...checkout, updatedDate };
  backend.store.checkouts.set(kept.id, kept);
  return kept;
}

function withCoupon(
  { couponCode: _old, ...checkout }: Checkout,
  couponCode: string | undefined,
): Checkout {
  return { ...checkout, ...(couponCode && { couponCode }) };
}

function readCoupon(body: JsonObject): string | undefined {
  const code = textIn(body.couponCode);
  if (code) requireCoupon(code);
  return code;
}

function readChannelType({ channelType }: JsonObject): string {
  const text = textIn(channelType);
  if (text && CHANNEL_TYPES.includes(text)) return text;
  const description = `channelType must be one of ${CHANNEL_TYPES.join(", ")}`;
  throw invalidField("channelType", description, "REQUIRED_FIELD");
}

function viewOf({ backend }: Call, checkout: Checkout) {
  return checkoutView(checkout, quoteCheckout(checkout, backend.store.catalog));
}
