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
  findCoupon,
  SHIPPING_OPTIONS,
  type ShippingOption,
  STANDARD_SHIPPING,
} from "../shop/offers.ts";
import type { Catalog } from "../stores/catalog.ts";
import {
  type CatalogLine,
  isShipped,
  type ResolvedLine,
  resolveLines,
} from "./cart.ts";

/** What the costs of lines depend on. */
export interface QuoteOptions {
  readonly couponCode?: string | undefined;
  /** Destination, in two letters. Default: the shop's country. */
  readonly country?: string | undefined;
  /** Code of a shipping option. Default: standard. */
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
  readonly coupon?: Coupon;
  readonly market: Market;
  /** Absent when nothing is shipped. */
  readonly shippingOption?: ShippingOption;
}

/**
 * What `lines` cost in the shop's currency.
 *
 * UNDOCUMENTED: tax and shipping before there is an address. Here they are
 * those of the shop's own country.
 */
export function quote(
  lines: readonly CatalogLine[],
  catalog: Catalog,
  options: QuoteOptions = {},
): Quote {
  const { withTax = true, withShipping = true, country } = options;
  const coupon = findCoupon(options.couponCode);
  const market = MARKETS.find(({ address }) => address.country === country) ??
    HOME_MARKET;
  const discountPercent = coupon?.percent ?? 0;
  const taxPerMille = withTax ? market.taxPerMille : 0;
  const rates = { discountPercent, taxPerMille };
  const quoted = resolveLines(lines, catalog).map((line) => {
    const { product: { unitPrice }, quantity } = line;
    return { ...line, amounts: lineAmounts(unitPrice, quantity, rates) };
  });
  const shippingOption = withShipping && quoted.some(isShipped)
    ? SHIPPING_OPTIONS.find(({ code }) => code === options.shippingCode) ??
      STANDARD_SHIPPING
    : undefined;
  const shipping = shippingOption?.usCents ?? 0;
  return {
    ...totals(quoted.map(({ amounts }) => amounts), shipping),
    lines: quoted,
    taxPerMille,
    market,
    ...(coupon && { coupon }),
    ...(shippingOption && { shippingOption }),
  };
}
