import type { OrderAddress, Price } from "../ecom/order.ts";

/** A currency of the demo shop and an address where people pay in it. */
export interface Market {
  readonly currency: string;
  /** Minor units of this currency for one US cent. */
  readonly perCent: number;
  /** In per mille, so that it stays an integer. */
  readonly taxPerMille: number;
  readonly region: string;
  readonly address: OrderAddress;
}

/** Where the demo shop sells; the first one is its own. */
export const MARKETS = [
  {
    currency: "USD",
    perCent: 1,
    taxPerMille: 80,
    region: "US",
    address: {
      country: "US",
      subdivision: "US-OR",
      city: "Portland",
      postalCode: "97201",
      addressLine: "12 Juniper Lane",
    },
  },
  {
    currency: "EUR",
    perCent: 0.9,
    taxPerMille: 190,
    region: "Europe",
    address: {
      country: "DE",
      city: "Köln",
      postalCode: "50667",
      addressLine: "Wacholderweg 3",
    },
  },
  {
    currency: "GBP",
    perCent: 0.8,
    taxPerMille: 200,
    region: "United Kingdom",
    address: {
      country: "GB",
      city: "Leeds",
      postalCode: "LS1 4AP",
      addressLine: "7 Berry Street",
    },
  },
  {
    currency: "JPY",
    perCent: 1.5,
    taxPerMille: 100,
    region: "Asia",
    address: {
      country: "JP",
      city: "京都市",
      postalCode: "604-8571",
      addressLine: "中京区 1-2-3",
    },
  },
  {
    currency: "KWD",
    perCent: 3,
    taxPerMille: 0,
    region: "Middle East",
    address: {
      country: "KW",
      city: "Kuwait City",
      postalCode: "13001",
      addressLine: "Block 4, Street 9",
    },
  },
] as const satisfies readonly Market[];

/** The shop's own market: its currency is the site's. */
export const HOME_MARKET: Market = MARKETS[0];

// Making a formatter is slow, and the seed formats thousands of amounts.
const FORMATS = new Map<string, { format: Intl.NumberFormat; digits: number }>(
  MARKETS.map(({ currency }) => {
    const format = new Intl.NumberFormat("en-US", {
      style: "currency",
      currency,
    });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return [currency, { format, digits }];
  }),
);

/** `minor` units of `currency`, one of the markets', as Wix sends an amount. */
export function price(minor: number, currency: string): Price {
  const known = FORMATS.get(currency);
  if (!known) throw new RangeError(`Cannot format: no market in ${currency}`);
  const { format, digits } = known;
  const amount = (minor / 10 ** digits).toFixed(digits);
  return { amount, formattedAmount: format.format(Number(amount)) };
}
