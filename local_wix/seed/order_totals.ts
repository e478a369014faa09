import { totals } from "../ecom/amounts.ts";
import { COUPONS } from "../ecom/coupons.ts";
import type {
  AddressWithContact,
  Order,
  PaymentStatus,
  Price,
} from "../ecom/order.ts";
import { CARRIER_ID, SHIPPING_OPTIONS } from "../ecom/shipping_options.ts";
import { balance } from "./balance.ts";
import { guid } from "./guid.ts";
import type { SeededLine } from "./line_items.ts";
import { type Market, price } from "./money.ts";

const SHIPPING_US_CENTS = 650;

/** What the amounts of an order follow from. */
export interface TotalsSeed {
  readonly number: number;
  readonly age: number;
  readonly market: Market;
  readonly lines: readonly SeededLine[];
  readonly recipient: AddressWithContact;
  readonly paymentStatus: PaymentStatus;
}

type Totals = Pick<
  Order,
  | "priceSummary"
  | "balanceSummary"
  | "taxInfo"
  | "shippingInfo"
  | "appliedDiscounts"
>;

/** The parts of an order that have to add up. */
export function orderTotals(seed: TotalsSeed): Totals {
  const { market, lines, number, paymentStatus } = seed;
  const ships = lines.some(({ item }) => item.physicalProperties.shippable);
  const { subtotal, discount, tax, shipping, total } = totals(
    lines.map((line) => line.amounts),
    ships ? Math.round(SHIPPING_US_CENTS * market.perCent) : 0,
  );
  const money = (minor: number) => price(minor, market.currency);
  return {
    priceSummary: {
      subtotal: money(subtotal),
      shipping: money(shipping),
      tax: money(tax),
      discount: money(discount),
      total: money(total),
      totalAdditionalFees: money(0),
    },
    balanceSummary: balance(paymentStatus, total, money),
    taxInfo: { totalTax: money(tax) },
    ...(ships && { shippingInfo: shippingInfo(seed, money(shipping)) }),
    appliedDiscounts: discount > 0 ? [coupon(number, money(discount))] : [],
  };
}

function shippingInfo(
  { age, market, recipient }: TotalsSeed,
  cost: Price,
): NonNullable<Order["shippingInfo"]> {
  const [standard, express] = SHIPPING_OPTIONS;
  const { title, code, deliveryTime } = age % 2 === 1 ? express : standard;
  return {
    title,
    code,
    carrierId: CARRIER_ID,
    logistics: { deliveryTime, shippingDestination: recipient },
    cost: { price: cost, totalPriceAfterTax: cost },
    region: { name: market.region },
  };
}

function coupon(
  orderNumber: number,
  amount: Price,
): Order["appliedDiscounts"][number] {
  const { id, code, name } = COUPONS[0];
  return {
    id: guid("discount", orderNumber),
    discountType: "GLOBAL",
    coupon: { id, code, name, amount },
  };
}
