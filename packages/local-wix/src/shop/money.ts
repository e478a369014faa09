/**
 * Currencies, prices and the sums of the demo shop. Amounts are in minor units
 * until they become a {@linkcode Price}.
 *
 * @module
 */
import * as v from "valibot";
import { invalidField } from "../http/errors.ts";

/** An amount of money, as a decimal string and as people read it. */
export interface Price {
  readonly amount: string;
  readonly formattedAmount: string;
}

/** A street address. */
export interface Address {
  readonly country: string;
  readonly subdivision?: string;
  readonly city: string;
  readonly postalCode: string;
  readonly addressLine: string;
  readonly addressLine2?: string;
}

/** A currency of the demo shop and an address where it is used. */
export interface Market {
  readonly currency: string;
  /** Minor units of this currency for one US cent. */
  readonly perCent: number;
  /** In per mille, so that it stays an integer. */
  readonly taxPerMille: number;
  readonly region: string;
  readonly address: Address;
}

/** The shop's own market: its currency is the site's. */
export const HOME_MARKET: Market = market("USD", 1, 80, "US", {
  country: "US",
  subdivision: "US-OR",
  city: "Portland",
  postalCode: "97201",
  addressLine: "12 Juniper Lane",
});

/** Where the demo shop sells. */
export const MARKETS: readonly Market[] = [
  HOME_MARKET,
  market("EUR", 0.9, 190, "Europe", {
    country: "DE",
    city: "Köln",
    postalCode: "50667",
    addressLine: "Wacholderweg 3",
  }),
  market("GBP", 0.8, 200, "United Kingdom", {
    country: "GB",
    city: "Leeds",
    postalCode: "LS1 4AP",
    addressLine: "7 Berry Street",
  }),
  market("JPY", 1.5, 100, "Asia", {
    country: "JP",
    city: "京都市",
    postalCode: "604-8571",
    addressLine: "中京区 1-2-3",
  }),
  market("KWD", 3, 0, "Middle East", {
    country: "KW",
    city: "Kuwait City",
    postalCode: "13001",
    addressLine: "Block 4, Street 9",
  }),
];

function market(
  currency: string,
  perCent: number,
  taxPerMille: number,
  region: string,
  address: Address,
): Market {
  return { currency, perCent, taxPerMille, region, address };
}

// Making a formatter is slow, and the seed formats thousands of amounts.
const FORMATS = new Map(
  MARKETS.map(({ currency }) => {
    const style = "currency";
    const format = new Intl.NumberFormat("en-US", { style, currency });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return [currency, { format, digits }];
  }),
);

/** An amount in the shop's currency, as clients send it, in minor units. */
export const SENT_AMOUNT: v.GenericSchema<unknown, number> = v.pipe(
  v.string(),
  v.regex(/^\d{1,9}(\.\d{1,2})?$/),
  v.transform((amount) => Math.round(Number(amount) * 100)),
);

/** `minor` units of `currency`, one of the markets', as Wix sends an amount. */
export function price(minor: number, currency: string): Price {
  const amount = decimal(minor, currency);
  const { format } = formatOf(currency);
  return { amount, formattedAmount: format.format(Number(amount)) };
}

/** `minor` units of `currency`, one of the markets', as a decimal string. */
export function decimal(minor: number, currency: string): string {
  const { digits } = formatOf(currency);
  return (minor / 10 ** digits).toFixed(digits);
}

function formatOf(currency: string) {
  const known = FORMATS.get(currency);
  if (known) return known;
  throw new RangeError(`Cannot format: no market in ${currency}`);
}

/** Language and currency of everything that the shop sells. */
export const SHOP_TERMS = {
  currency: "USD",
  conversionCurrency: "USD",
  paymentCurrency: "USD",
  buyerLanguage: "en",
  siteLanguage: "en",
  weightUnit: "KG",
} as const;

/** An amount in the shop's currency and, the same, in the buyer's. */
export interface MultiCurrencyPrice extends Price {
  readonly convertedAmount: string;
  readonly formattedConvertedAmount: string;
}

/** `minor` units of the shop's currency. */
export function shopPrice(minor: number): MultiCurrencyPrice {
  const { amount, formattedAmount } = price(minor, SHOP_TERMS.currency);
  return {
    amount,
    convertedAmount: amount,
    formattedAmount,
    formattedConvertedAmount: formattedAmount,
  };
}

/** Makes an amount of Cart V2 of minor units of the shop's currency. */
export type Convert = (
  minor: number,
) => { readonly amount: string; readonly convertedAmount: string };

/**
 * `usCents` in minor units of the currency of a market.
 *
 * UNDOCUMENTED: the rates. Here they are fixed.
 */
export function inMarket(usCents: number, { perCent }: Market): number {
  return Math.round(usCents * perCent);
}

/** Amounts of the shop's currency beside those of `currency`. */
export function convertTo(currency: string): Convert {
  const market = findMarket(currency) ?? HOME_MARKET;
  return (minor) => ({
    amount: decimal(minor, SHOP_TERMS.currency),
    convertedAmount: decimal(inMarket(minor, market), market.currency),
  });
}

/**
 * The market whose currency a call names in `x-wix-currency`.
 *
 * UNDOCUMENTED: a currency in which the site does not sell. Here it is refused.
 */
export function requestMarket({ headers }: Request): Market {
  const currency = headers.get("x-wix-currency");
  const market = currency ? findMarket(currency) : HOME_MARKET;
  if (market) return market;
  throw invalidField("x-wix-currency", `The site does not sell in ${currency}`);
}

function findMarket(currency: string): Market | undefined {
  return MARKETS.find((market) => market.currency === currency);
}

/** What a line adds to its cart or order. */
export interface LineAmounts {
  /** Unit price times quantity. */
  readonly beforeDiscount: number;
  readonly discount: number;
  readonly tax: number;
}

/** What a cart or order costs. */
export interface Totals {
  readonly subtotal: number;
  readonly discount: number;
  readonly tax: number;
  readonly shipping: number;
  readonly total: number;
}

/** The amounts of `quantity` pieces at `unit` each. */
export function lineAmounts(
  unit: number,
  quantity: number,
  rates: { readonly discountPercent: number; readonly taxPerMille: number },
): LineAmounts {
  const beforeDiscount = unit * quantity;
  const discount = Math.round(beforeDiscount * rates.discountPercent / 100);
  const net = beforeDiscount - discount;
  const tax = Math.round(net * rates.taxPerMille / 1000);
  return { beforeDiscount, discount, tax };
}

/** The sum of `lines`, with `shipping` on top. */
export function totals(
  lines: readonly LineAmounts[],
  shipping: number,
): Totals {
  const sum = (name: keyof LineAmounts) =>
    lines.reduce((total, line) => total + line[name], 0);
  const [subtotal, discount] = [sum("beforeDiscount"), sum("discount")];
  const tax = sum("tax");
  const total = subtotal - discount + tax + shipping;
  return { subtotal, discount, tax, shipping, total };
}

/** A tax rate as the API writes it: a fraction of one. */
export function rateText(taxPerMille: number): string {
  return String(taxPerMille / 1000);
}
