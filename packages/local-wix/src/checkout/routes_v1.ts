import * as v from "valibot";
import { allow, type Call, type Route } from "../call.ts";
import { type Cart, CHANNEL_TYPES, type Recipient } from "../cart/cart.ts";
import {
  findCartById,
  identifyBuyer,
  newCart,
  requireOpenCart,
  saveCart,
} from "../cart/carts.ts";
import { addWhatIsLeft, requireLines } from "../cart/lines_v1.ts";
import { type Quote, quote } from "../cart/quote.ts";
import { lineCosts, lineView, quoteView } from "../cart/views_v1.ts";
import { applicationError, notFound } from "../http/errors.ts";
import { definedOnly, type JsonObject, textIn } from "../http/json.ts";
import { readJson } from "../http/request.ts";
import { reply, writeReply } from "../http/response.ts";
import {
  limitedText,
  objectIn,
  optionalText,
  refuseFields,
  validate,
} from "../http/validate.ts";
import { EVERYONE, isElevated, USERS } from "../identity/identity.ts";
import { SHOP_TERMS } from "../shop/money.ts";
import { requireCoupon } from "../shop/offers.ts";
import { checkoutUrlReply } from "./checkout_url.ts";

/** Checkouts, version 1: views of carts, by the cart's id. */
export const CHECKOUT_V1_ROUTES: readonly Route[] = [
  ...allow(USERS, {
    "POST /ecom/v1/carts/current/create-checkout": createFromCart,
  }),
  ...allow(EVERYONE, {
    "POST /ecom/v1/checkouts": createCheckout,
    "GET /ecom/v1/checkouts/{id}": (call) =>
      reply({ checkout: viewOf(call, checkoutInPath(call)) }),
    "PATCH /ecom/v1/checkouts/{id}": updateCheckout,
    "GET /ecom/v1/checkouts/{id}/checkout-url": (call) =>
      checkoutUrlReply(call, checkoutInPath(call)),
    "POST /ecom/v1/checkouts/{id}/remove-override-checkout-url":
      removeCheckoutUrl,
  }),
];

const CHANNEL_TYPE = v.object({ channelType: v.picklist(CHANNEL_TYPES) });

const ADDRESS = v.nullish(
  v.object({
    country: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))),
    subdivision: optionalText,
    city: optionalText,
    postalCode: optionalText,
    addressLine: optionalText,
    addressLine2: optionalText,
  }),
  {},
);

const RECIPIENT = v.nullish(
  v.object({
    address: ADDRESS,
    contactDetails: v.nullish(
      v.object({
        firstName: optionalText,
        lastName: optionalText,
        phone: optionalText,
      }),
      {},
    ),
  }),
  {},
);

const FIELDS = v.object({
  buyerInfo: v.nullish(v.object({ email: optionalText }), {}),
  billingInfo: RECIPIENT,
  shippingInfo: v.nullish(
    v.object({
      shippingDestination: RECIPIENT,
      selectedCarrierServiceOption: v.nullish(
        v.object({ code: optionalText }),
        {},
      ),
    }),
    {},
  ),
  buyerNote: v.fallback(v.optional(v.string()), undefined),
});

/** A cart's own fields, as creating a checkout sends them. */
const CART_FIELDS = v.object({
  billingAddress: ADDRESS,
  shippingAddress: ADDRESS,
  selectedShippingOption: v.nullish(v.object({ code: optionalText }), {}),
  email: optionalText,
});

/**
 * A cart has one checkout, which takes over the cart's changes.
 *
 * UNDOCUMENTED: the checkout of an empty cart. Here it is 400 EMPTY_CART.
 */
async function createFromCart(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const cart = requireOpenCart(call);
  if (cart.lines.length === 0) {
    throw applicationError(400, "EMPTY_CART", "The cart is empty");
  }
  refuseFields(
    body,
    "billingAddress.streetAddress",
    "shippingAddress.streetAddress",
  );
  const { channelType } = validate(CHANNEL_TYPE, body);
  const sent = validate(CART_FIELDS, body);
  saveCart(call, {
    ...cart,
    checkout: "from cart",
    channelType,
    recipient: {
      ...cart.recipient,
      ...definedOnly(sent.billingAddress),
      ...definedOnly(sent.shippingAddress),
    },
    ...definedOnly({
      email: sent.email,
      shippingCode: sent.selectedShippingOption.code,
    }),
  });
  return writeReply({ checkoutId: cart.id });
}

async function createCheckout(call: Call): Promise<Response> {
  const { backend: { newId, store: { catalog } }, identity } = call;
  const body = await readJson(call.request);
  refuseFields(body, ...NOT_CARRIED, ...notCarriedIn("checkoutInfo"));
  const added = requireLines(body, call.backend);
  const { channelType } = validate(CHANNEL_TYPE, body);
  const buyer = isElevated(identity)
    ? { visitorId: newId() }
    : identifyBuyer(call);
  const checkout = saveCart(call, {
    ...newCart(call, buyer),
    checkout: "alone",
    channelType,
    lines: addWhatIsLeft([], added, { catalog, newId }),
    ...definedOnly({ couponCode: readCoupon(call, body) }),
    ...readCheckoutUrl(body),
    ...readFields(body.checkoutInfo, "checkoutInfo"),
  });
  return writeReply({ checkout: viewOf(call, checkout) });
}

/** Changes buyer, addresses, shipping, coupon and the checkout page. */
async function updateCheckout(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const present = openCheckout(call);
  refuseFields(
    body,
    "lineItems",
    "customLineItems",
    ...NOT_CARRIED,
    ...notCarriedIn("checkout"),
  );
  const { recipient, ...fields } = readFields(body.checkout, "checkout");
  const checkout = saveCart(call, {
    ...present,
    ...fields,
    ...definedOnly({ couponCode: readCoupon(call, body) }),
    ...readCheckoutUrl(body),
    recipient: { ...present.recipient, ...recipient },
  });
  return writeReply({ checkout: viewOf(call, checkout) });
}

function removeCheckoutUrl(call: Call): Response {
  const { checkoutUrl: _removed, ...rest } = openCheckout(call);
  return writeReply({ checkout: viewOf(call, saveCart(call, rest)) });
}

function checkoutInPath(call: Call): Cart {
  return requireCheckout(call, call.params.id);
}

function openCheckout(call: Call): Cart {
  const checkout = checkoutInPath(call);
  if (!checkout.orderId) return checkout;
  const text = "This checkout has already been ordered";
  throw applicationError(400, "CHECKOUT_IS_COMPLETE", text);
}

const NOT_CARRIED = ["giftCardCode", "giftCardRedeemAmount"];

function notCarriedIn(field: "checkoutInfo" | "checkout"): string[] {
  return [
    "billingInfo.address.streetAddress",
    "billingInfo.contactDetails.company",
    "billingInfo.contactDetails.vatId",
    "businessLocationId",
    "customContentReference",
    "customFields",
    "customSettings",
    "extendedFields.namespaces",
    "externalReference",
    "membershipOptions.selectedMemberships",
    "shippingInfo.shippingDestination.address.streetAddress",
    "shippingInfo.shippingDestination.contactDetails.company",
    "shippingInfo.shippingDestination.contactDetails.vatId",
    "taxExemptGroupId",
  ].map((name) => `${field}.${name}`);
}

const CHECKOUT_URL = v.object({
  overrideCheckoutUrl: v.optional(limitedText(1000)),
});

function readCheckoutUrl(body: JsonObject) {
  const { overrideCheckoutUrl } = validate(CHECKOUT_URL, body);
  return overrideCheckoutUrl ? { checkoutUrl: overrideCheckoutUrl } : {};
}

/** What a client may say about a checkout, besides its lines. */
function readFields(sent: unknown, field: string) {
  const { buyerInfo, billingInfo, shippingInfo, buyerNote } = validate(
    FIELDS,
    objectIn(sent, field),
    field,
  );
  const { shippingDestination, selectedCarrierServiceOption } = shippingInfo;
  return {
    recipient: {
      ...recipientIn(billingInfo),
      ...recipientIn(shippingDestination),
    },
    ...definedOnly({
      email: buyerInfo.email,
      shippingCode: selectedCarrierServiceOption.code,
      note: buyerNote,
    }),
  };
}

function recipientIn(
  { address, contactDetails }: v.InferOutput<typeof RECIPIENT>,
): Recipient {
  return { ...definedOnly(address), ...definedOnly(contactDetails) };
}

function readCoupon(
  { backend: { store } }: Call,
  body: JsonObject,
): string | undefined {
  const code = textIn(body.couponCode);
  if (code) requireCoupon(store.catalog.coupon(code));
  return code;
}

function viewOf({ backend }: Call, checkout: Cart) {
  return checkoutView(checkout, quote(checkout, backend.store.catalog));
}

/** `checkout` and its costs, in the field names of the REST API. */
function checkoutView(checkout: Cart, quote: Quote) {
  const { id, buyer, note, email } = checkout;
  const { firstName, lastName, phone, ...address } = checkout.recipient;
  const recipient = Object.keys(checkout.recipient).length > 0
    ? { address, contactDetails: { firstName, lastName, phone } }
    : undefined;
  const { contactId: _contactId, ...createdBy } = { contactId: "", ...buyer };
  const costs = quoteView(quote);
  return {
    id,
    lineItems: quote.lines.map((line) => {
      const { totalDiscount, ...prices } = lineCosts(line, quote.taxPerMille);
      return { ...lineView(line), ...prices, discount: totalDiscount };
    }),
    buyerInfo: { ...buyer, ...(email && { email }) },
    ...costs,
    ...(recipient && { billingInfo: recipient }),
    shippingInfo: {
      ...costs.shippingInfo,
      ...(recipient && { shippingDestination: recipient }),
    },
    ...SHOP_TERMS,
    taxIncludedInPrice: false,
    channelType: checkout.channelType,
    completed: checkout.orderId !== undefined,
    createdBy,
    customFields: [],
    ...(checkout.checkout !== "alone" && { cartId: id }),
    ...(note && { buyerNote: note }),
    purchaseFlowId: id,
    createdDate: checkout.createdDate,
    updatedDate: checkout.updatedDate,
  };
}

/**
 * The checkout with this id, which a cart's id is too.
 *
 * UNDOCUMENTED: a checkout of another buyer. Here it is the 404 of a checkout
 * that does not exist.
 */
export function requireCheckout(call: Call, id: string | undefined): Cart {
  const cart = findCartById(call, id);
  if (cart) return cart;
  throw notFound("CHECKOUT_NOT_FOUND", "Checkout not found");
}
