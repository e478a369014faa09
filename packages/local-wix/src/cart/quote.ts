import {
  HOME_MARKET,
  type LineAmounts,
  lineAmounts,
  type Market,
  MARKETS,
  type Totals,
  totals,
} from "../shop/money.ts";
import {
  type Coupon,
  couponProblem,
  SHIPPING_OPTIONS,
  type ShippingOption,
  STANDARD_SHIPPING,
} from "../shop/offers.ts";
import type { Catalog } from "../stores/catalog.ts";
import {
  type Cart,
  isShipped,
  type ResolvedLine,
  resolveLines,
} from "./cart.ts";

/** What the costs of a cart depend on, besides its lines. */
export interface QuoteOptions {
  /** Destination, in two letters. Default: the cart's, or the shop's. */
  readonly country?: string | undefined;
  /** Code of a shipping option. Default: the cart's, or standard. */
  readonly shippingCode?: string | undefined;
  /** Default: true. */
  readonly withTax?: boolean;
  /** Default: true. */
  readonly withShipping?: boolean;
}

/** A line and its costs. */
export interface QuotedLine extends ResolvedLine {
  readonly amounts: LineAmounts;
}

/** What some lines cost, and why. Amounts are in minor units. */
export interface Quote extends Totals {
  readonly lines: readonly QuotedLine[];
  readonly taxPerMille: number;
  /** The cart's, whether it holds or not. */
  readonly enteredCoupon?: Coupon;
  /** The cart's, as long as it holds. */
  readonly coupon?: Coupon;
  readonly market: Market;
  /** Absent when nothing is shipped. */
  readonly shippingOption?: ShippingOption;
}

/**
 * What the goods in `cart` cost in the shop's currency, as far as there are any
 * left.
 *
 * UNDOCUMENTED: tax and shipping before there is an address. Here they are
 * those of the shop's own country.
 */
export function quote(
  cart: Cart,
  catalog: Catalog,
  options: QuoteOptions = {},
): Quote {
  const { withTax = true, withShipping = true } = options;
  const country = options.country ?? cart.recipient.country;
  const shippingCode = options.shippingCode ?? cart.shippingCode;
  const market = MARKETS.find(({ address }) => address.country === country) ??
    HOME_MARKET;
  const resolved = resolveLines(cart.lines, catalog);
  const entered = catalog.coupon(cart.couponCode);
  const coupon = entered && !couponProblem(entered, calculateSubtotal(resolved))
    ? entered
    : undefined;
  const discountPercent = coupon?.percent ?? 0;
  const taxPerMille = withTax ? market.taxPerMille : 0;
  const rates = { discountPercent, taxPerMille };
  const lines = resolved.map((line) => ({
    ...line,
    amounts: lineAmounts(line.unitPrice, line.confirmed, rates),
  }));
  const shippingOption = withShipping && lines.some(isShipped)
    ? SHIPPING_OPTIONS.find(({ code }) => code === shippingCode) ??
      STANDARD_SHIPPING
    : undefined;
  const shipping = shippingOption?.usCents ?? 0;
  return {
    ...totals(lines.map(({ amounts }) => amounts), shipping),
    lines,
    taxPerMille,
    market,
    ...(entered && { enteredCoupon: entered }),
    ...(coupon && { coupon }),
    ...(shippingOption && { shippingOption }),
  };
}

/** What the goods cost of which there are some, before all else. */
export function calculateSubtotal(lines: readonly ResolvedLine[]): number {
  return lines.reduce((sum, line) => sum + line.unitPrice * line.confirmed, 0);
}
