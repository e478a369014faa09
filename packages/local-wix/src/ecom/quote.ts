import { HOME_MARKET, type Market, MARKETS } from "../seed/money.ts";
import type { Catalog } from "../stores/catalog.ts";
import {
  type LineAmounts,
  lineAmounts,
  type Totals,
  totals,
} from "./amounts.ts";
import {
  type CatalogLine,
  type ResolvedLine,
  resolveLines,
} from "./catalog_lines.ts";
import { type Coupon, findCoupon } from "./coupons.ts";
import { SHIPPING_OPTIONS, type ShippingOption } from "./shipping_options.ts";

/** What lines cost depends on. */
export interface QuoteOptions {
  readonly couponCode?: string | undefined;
  /** Where the order goes, in two letters. Default: the shop's country. */
  readonly country?: string | undefined;
  /** Code of a shipping option. Default: the first one. */
  readonly shippingCode?: string | undefined;
  /** Default: true. */
  readonly withTax?: boolean;
  /** Default: true. */
  readonly withShipping?: boolean;
}

/** A line and what it costs. */
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
  const coupon = findCoupon(options.couponCode ?? "");
  const market = MARKETS.find(({ address }) => address.country === country) ??
    HOME_MARKET;
  const rates = {
    discountPercent: coupon?.percent ?? 0,
    taxPerMille: withTax ? market.taxPerMille : 0,
  };
  const quoted = resolveLines(lines, catalog).map((line) => {
    const { unitPrice } = line.product;
    return { ...line, amounts: lineAmounts(unitPrice, line.quantity, rates) };
  });
  const shippingOption = quoted.some(isShipped)
    ? findOption(options.shippingCode)
    : undefined;
  const shipping = withShipping ? shippingOption?.usCents ?? 0 : 0;
  return {
    ...totals(quoted.map(({ amounts }) => amounts), shipping),
    lines: quoted,
    taxPerMille: rates.taxPerMille,
    market,
    ...(coupon && { coupon }),
    ...(withShipping && shippingOption && { shippingOption }),
  };
}

/** Whether a line is sent in a parcel. */
export function isShipped({ product }: ResolvedLine): boolean {
  return product.kind === "PHYSICAL";
}

/** A tax rate as the API writes it: a fraction of one. */
export function rateText(taxPerMille: number): string {
  return String(taxPerMille / 1000);
}

function findOption(code: string | undefined): ShippingOption {
  return SHIPPING_OPTIONS.find((option) => option.code === code) ??
    SHIPPING_OPTIONS[0];
}
