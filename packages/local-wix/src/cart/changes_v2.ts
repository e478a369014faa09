import * as v from "valibot";
import { applicationError, notFound } from "../http/errors.ts";
import { definedOnly } from "../http/json.ts";
import { carriedObject, limitedText, validate } from "../http/validate.ts";
import { MARKETS, SHOP_TERMS } from "../shop/money.ts";
import { CARRIER_ID, couponProblem, SHIPPING_OPTIONS } from "../shop/offers.ts";
import type { Catalog } from "../stores/catalog.ts";
import { type Cart, CHANNEL_TYPES, resolveLines } from "./cart.ts";
import { calculateSubtotal } from "./quote.ts";

const TEXT = v.exactOptional(limitedText(500));
const ADDRESS = v.exactOptional(carriedObject({
  country: TEXT,
  subdivision: TEXT,
  city: TEXT,
  postalCode: TEXT,
  addressLine: TEXT,
  addressLine2: TEXT,
}));
const CURRENCY = v.exactOptional(
  v.picklist(MARKETS.map(({ currency }) => currency)),
);

/** What a client may write of a cart. */
const CART = carriedObject({
  // The client names the cart by them, or sends back what it has read.
  id: v.optional(v.unknown()),
  revision: v.optional(v.unknown()),
  note: v.exactOptional(limitedText(1000)),
  customCheckoutUrl: v.exactOptional(limitedText(2048)),
  customerInfo: v.exactOptional(carriedObject({
    visitorId: v.optional(v.unknown()),
    memberId: v.optional(v.unknown()),
    contactId: v.optional(v.unknown()),
    email: TEXT,
    firstName: TEXT,
    lastName: TEXT,
    phone: TEXT,
    languageCode: TEXT,
    currencyCode: CURRENCY,
  })),
  deliveryInfo: v.exactOptional(carriedObject({
    address: ADDRESS,
    weightUnit: v.exactOptional(v.literal(SHOP_TERMS.weightUnit)),
  })),
  paymentInfo: v.exactOptional(carriedObject({
    currencyCode: v.optional(v.unknown()),
    billingAddress: ADDRESS,
    billingContact: v.exactOptional(
      carriedObject({ firstName: TEXT, lastName: TEXT, phone: TEXT }),
    ),
  })),
  settings: v.exactOptional(carriedObject({
    lockCouponCode: v.exactOptional(v.boolean()),
  })),
  source: v.exactOptional(carriedObject({
    channelType: v.exactOptional(v.picklist(CHANNEL_TYPES)),
  })),
});

/** `cart` with what a request says about it. */
export function withFields(cart: Cart, sent: unknown): Cart {
  const { note, customerInfo = {}, deliveryInfo = {}, ...rest } = validate(
    CART,
    sent ?? {},
    "cart",
  );
  const { customCheckoutUrl: checkoutUrl } = rest;
  const { email, firstName, lastName, phone, ...preferences } = customerInfo;
  const { languageCode, currencyCode } = preferences;
  const { address = {} } = deliveryInfo;
  const { billingAddress = {}, billingContact } = rest.paymentInfo ?? {};
  for (const { country } of [address, billingAddress]) {
    if (!country || /^[A-Z]{2}$/.test(country)) continue;
    const text = "A country code has two letters";
    throw applicationError(400, "INVALID_ADDRESS_FORMAT", text);
  }
  const billing = {
    ...cart.billing,
    ...definedOnly({ ...billingContact, ...billingAddress }),
  };
  const { lockCouponCode } = rest.settings ?? {};
  const { channelType } = rest.source ?? {};
  return {
    ...cart,
    ...definedOnly({
      note,
      checkoutUrl,
      email,
      languageCode,
      currencyCode,
      channelType,
      isCouponLocked: lockCouponCode,
    }),
    recipient: {
      ...cart.recipient,
      ...definedOnly({ firstName, lastName, phone, ...address }),
    },
    ...(Object.keys(billing).length > 0 && { billing }),
  };
}

const COUPON = v.object({ code: v.string() });

/** `cart` with the coupon in a request. */
export function withCoupon(cart: Cart, sent: unknown, catalog: Catalog): Cart {
  const { code: couponCode } = validate(COUPON, sent, "coupon");
  refuseLocked(cart);
  const coupon = catalog.coupon(couponCode);
  if (!coupon) {
    const text = "Coupon not found";
    throw applicationError(400, "INVALID_COUPON_CODE", text, { couponCode });
  }
  const present = catalog.coupon(cart.couponCode);
  if (present === coupon) {
    const text = "The cart already has this coupon";
    throw applicationError(409, "COUPON_ALREADY_EXISTS", text, { couponCode });
  }
  if (present) {
    const text = "A cart can have only one coupon";
    throw applicationError(428, "MAX_COUPONS_PER_CART_EXCEEDED", text);
  }
  const subtotal = calculateSubtotal(resolveLines(cart.lines, catalog));
  const problem = couponProblem(coupon, subtotal);
  if (problem) {
    const text = "The coupon does not apply";
    throw applicationError(428, "INVALID_COUPON_STATUS", text, problem);
  }
  return { ...cart, couponCode: coupon.code };
}

/** `cart` without the coupon that has the id in a request. */
export function withoutCoupon(
  cart: Cart,
  sent: unknown,
  catalog: Catalog,
): Cart {
  const couponId = validate(v.string(), sent, "couponId");
  refuseLocked(cart);
  if (catalog.coupon(cart.couponCode)?.id !== couponId) {
    const text = "The cart has no such coupon";
    throw notFound("COUPON_NOT_FOUND_IN_CART", text, { couponId });
  }
  const { couponCode: _removed, ...rest } = cart;
  return rest;
}

function refuseLocked({ isCouponLocked }: Cart): void {
  if (!isCouponLocked) return;
  throw applicationError(428, "COUPON_LOCKED", "The coupon is locked");
}

const METHOD = v.object({ code: v.string(), appId: v.nullish(v.string()) });

/** `cart` with the delivery method in a request. */
export function withMethod(cart: Cart, sent: unknown): Cart {
  const { code, appId } = validate(METHOD, sent, "deliveryMethod");
  if (cart.lines.length === 0) {
    const text = "The cart has nothing to deliver";
    throw applicationError(428, "DELIVERY_METHOD_MISSING_LINE_ITEMS", text);
  }
  if (!cart.recipient.country) {
    const text = "The cart has no delivery address";
    throw applicationError(428, "DELIVERY_METHOD_MISSING_ADDRESS", text);
  }
  const option = SHIPPING_OPTIONS.find((option) => option.code === code);
  if (!option || (appId ?? CARRIER_ID) !== CARRIER_ID) {
    const text = "Delivery method not found";
    throw notFound("DELIVERY_METHOD_NOT_FOUND", text, { code, appId });
  }
  return { ...cart, shippingCode: option.code };
}

/** `cart` without a delivery method. */
export function withoutMethod(cart: Cart): Cart {
  const { shippingCode: _removed, ...rest } = cart;
  return rest;
}
