import { price } from "../seed/money.ts";
import type { Totals } from "./amounts.ts";
import { balance } from "./balance.ts";
import type { Coupon } from "./coupons.ts";
import type {
  AddressWithContact,
  Order,
  PaymentStatus,
  Price,
} from "./order.ts";
import { CARRIER_ID, type ShippingOption } from "./shipping_options.ts";

/** What the amounts of an order follow from. */
export interface OrderCosts {
  readonly totals: Totals;
  readonly currency: string;
  readonly paymentStatus: PaymentStatus;
  /** Absent when nothing is shipped. */
  readonly shipping: OrderShipping | undefined;
  readonly discount: OrderDiscount | undefined;
}

/** How an order is sent, and where to. */
export interface OrderShipping {
  readonly option: ShippingOption;
  readonly region: string;
  readonly recipient: AddressWithContact;
}

/** Why an order costs less. */
export interface OrderDiscount {
  readonly id: string;
  readonly coupon: Coupon;
}

type OrderAmounts = Pick<
  Order,
  | "priceSummary"
  | "balanceSummary"
  | "taxInfo"
  | "shippingInfo"
  | "appliedDiscounts"
>;

/** The parts of an order that have to add up. */
export function orderAmounts(
  { totals, currency, paymentStatus, shipping, discount }: OrderCosts,
): OrderAmounts {
  const money = (minor: number) => price(minor, currency);
  return {
    priceSummary: {
      subtotal: money(totals.subtotal),
      shipping: money(totals.shipping),
      tax: money(totals.tax),
      discount: money(totals.discount),
      total: money(totals.total),
      totalAdditionalFees: money(0),
    },
    balanceSummary: balance(paymentStatus, totals.total, money),
    taxInfo: { totalTax: money(totals.tax) },
    ...(shipping && {
      shippingInfo: shippingInfo(shipping, money(totals.shipping)),
    }),
    appliedDiscounts: discount
      ? [applied(discount, money(totals.discount))]
      : [],
  };
}

function shippingInfo(
  { option, region, recipient }: OrderShipping,
  cost: Price,
): NonNullable<Order["shippingInfo"]> {
  const { title, code, deliveryTime } = option;
  return {
    title,
    code,
    carrierId: CARRIER_ID,
    logistics: { deliveryTime, shippingDestination: recipient },
    cost: { price: cost, totalPriceAfterTax: cost },
    region: { name: region },
  };
}

function applied(
  { id, coupon: { id: couponId, code, name } }: OrderDiscount,
  amount: Price,
): Order["appliedDiscounts"][number] {
  return {
    id,
    discountType: "GLOBAL",
    coupon: { id: couponId, code, name, amount },
  };
}
