import { totals } from "../ecom/amounts.ts";
import { COUPONS } from "../ecom/coupons.ts";
import { orderAmounts } from "../ecom/order_amounts.ts";
import type { AddressWithContact, PaymentStatus } from "../ecom/order.ts";
import { SHIPPING_OPTIONS } from "../ecom/shipping_options.ts";
import { guid } from "./guid.ts";
import type { SeededLine } from "./line_items.ts";
import type { Market } from "./money.ts";

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

/** The parts of a demo order that have to add up. */
export function orderTotals(
  { market, lines, number, age, recipient, paymentStatus }: TotalsSeed,
): ReturnType<typeof orderAmounts> {
  const ships = lines.some(({ item }) => item.physicalProperties.shippable);
  const sum = totals(
    lines.map((line) => line.amounts),
    ships ? Math.round(SHIPPING_US_CENTS * market.perCent) : 0,
  );
  const [standard, express] = SHIPPING_OPTIONS;
  const option = age % 2 === 1 ? express : standard;
  return orderAmounts({
    totals: sum,
    currency: market.currency,
    paymentStatus,
    shipping: ships ? { option, region: market.region, recipient } : undefined,
    discount: sum.discount > 0
      ? { id: guid("discount", number), coupon: COUPONS[0] }
      : undefined,
  });
}
