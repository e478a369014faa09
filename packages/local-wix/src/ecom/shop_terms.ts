import { HOME_MARKET, price } from "../seed/money.ts";
import type { Price } from "./order.ts";

/** Language and currency of everything that is sold here. */
export const SHOP_TERMS = {
  currency: HOME_MARKET.currency,
  conversionCurrency: HOME_MARKET.currency,
  paymentCurrency: HOME_MARKET.currency,
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
  const { amount, formattedAmount } = price(minor, HOME_MARKET.currency);
  return {
    amount,
    convertedAmount: amount,
    formattedAmount,
    formattedConvertedAmount: formattedAmount,
  };
}
