import { applicationError } from "../http/errors.ts";
import { guid } from "../ids.ts";
import { shopPrice } from "./money.ts";

/** A discount for customers who know its code. */
export interface Coupon {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly percent: number;
  /** It is over. */
  readonly isExpired?: boolean;
  /** What the goods have to cost, in US cents. */
  readonly minSubtotal?: number;
}

/** The coupon of the demo shop's orders. */
export const WELCOME_COUPON: Coupon = {
  id: guid("discount", 1),
  code: "WELCOME10",
  name: "10% welcome discount",
  percent: 10,
};

/** The coupons of the demo shop. */
export const COUPONS: readonly Coupon[] = [
  WELCOME_COUPON,
  {
    id: guid("discount", 2),
    code: "SUMMER15",
    name: "15% summer discount",
    percent: 15,
    isExpired: true,
  },
  {
    id: guid("discount", 3),
    code: "BIG20",
    name: "20% from $100",
    percent: 20,
    minSubtotal: 10_000,
  },
];

/** Why `coupon` does not hold for goods of `subtotal`, as Cart V2 says it. */
export function couponProblem(
  { code: couponCode, isExpired, minSubtotal = 0 }: Coupon,
  subtotal: number,
) {
  if (isExpired) return { couponCode, reason: "EXPIRED" } as const;
  if (subtotal >= minSubtotal) return undefined;
  const { amount, convertedAmount } = shopPrice(minSubtotal);
  const requiredMinimumSubtotal = { amount, convertedAmount };
  return {
    couponCode,
    reason: "MIN_SUBTOTAL_NOT_REACHED",
    minSubtotalNotReachedDetails: { requiredMinimumSubtotal },
  } as const;
}

/**
 * Throws, for version 1, when there is no coupon or it is over.
 *
 * UNDOCUMENTED: the status for an unknown coupon, and whether a cart refuses
 * it as a checkout does. Here both do, with 400.
 */
export function requireCoupon(coupon: Coupon | undefined): void {
  if (!coupon) {
    const text = "Coupon not found";
    throw applicationError(400, "ERROR_COUPON_DOES_NOT_EXIST", text);
  }
  if (coupon.isExpired) {
    throw applicationError(
      400,
      "ERROR_COUPON_HAS_EXPIRED",
      "The coupon has expired",
    );
  }
}

/** A way to send an order. */
export interface ShippingOption {
  readonly code: string;
  readonly title: string;
  readonly deliveryTime: string;
  readonly usCents: number;
}

/** The carrier of the demo shop's parcels. */
export const CARRIER_ID = "local-carrier";

/** Shipping by default. */
export const STANDARD_SHIPPING: ShippingOption = {
  code: "standard",
  title: "Standard",
  deliveryTime: "3-5 business days",
  usCents: 650,
};

/** Shipping for those in a hurry. */
export const EXPRESS_SHIPPING: ShippingOption = {
  code: "express",
  title: "Express",
  deliveryTime: "Next day",
  usCents: 1_400,
};

/** Every way to send an order. */
export const SHIPPING_OPTIONS: readonly ShippingOption[] = [
  STANDARD_SHIPPING,
  EXPRESS_SHIPPING,
];
