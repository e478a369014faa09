import { type Quote, type QuotedLine, rateText } from "./quote.ts";
import {
  CARRIER_ID,
  SHIPPING_OPTIONS,
  type ShippingOption,
} from "./shipping_options.ts";
import { shopPrice } from "./shop_terms.ts";

/** What an estimate and a checkout both say about a quote. */
export function quoteView(quote: Quote) {
  const priceSummary = priceSummaryView(quote);
  return {
    priceSummary,
    taxSummary: {
      taxableAmount: shopPrice(quote.subtotal - quote.discount),
      totalTax: shopPrice(quote.tax),
    },
    shippingInfo: shippingView(quote),
    appliedDiscounts: discountsView(quote),
    calculationErrors: { orderValidationErrors: [] },
    payNow: priceSummary,
    payLater: priceSummaryView(NOTHING),
    membershipOptions: { eligibleMemberships: [], invalidMemberships: [] },
    additionalFees: [],
    violations: [],
  };
}

/** What a line costs, in the words of an estimate. */
export function lineCosts(line: QuotedLine, taxPerMille: number) {
  const { beforeDiscount, discount, tax } = line.amounts;
  const net = beforeDiscount - discount;
  return {
    totalPriceAfterTax: shopPrice(net + tax),
    totalPriceBeforeTax: shopPrice(net),
    taxDetails: {
      taxableAmount: shopPrice(net),
      taxRate: rateText(taxPerMille),
      totalTax: shopPrice(tax),
    },
    totalDiscount: shopPrice(discount),
  };
}

const NOTHING = { subtotal: 0, shipping: 0, tax: 0, discount: 0, total: 0 };

function priceSummaryView(amounts: typeof NOTHING) {
  return {
    subtotal: shopPrice(amounts.subtotal),
    shipping: shopPrice(amounts.shipping),
    tax: shopPrice(amounts.tax),
    discount: shopPrice(amounts.discount),
    total: shopPrice(amounts.total),
    additionalFees: shopPrice(0),
  };
}

function shippingView({ shippingOption, market }: Quote) {
  if (!shippingOption) return { carrierServiceOptions: [] };
  const cost = shopPrice(shippingOption.usCents);
  const none = shopPrice(0);
  return {
    region: { name: market.region },
    selectedCarrierServiceOption: {
      ...optionView(shippingOption),
      carrierId: CARRIER_ID,
      cost: {
        price: cost,
        totalPriceBeforeTax: cost,
        totalPriceAfterTax: cost,
        totalDiscount: none,
        taxDetails: { taxableAmount: none, taxRate: "0", totalTax: none },
      },
      requestedShippingOption: true,
      otherCharges: [],
    },
    carrierServiceOptions: [{
      carrierId: CARRIER_ID,
      shippingOptions: SHIPPING_OPTIONS.map((option) => ({
        ...optionView(option),
        cost: { price: shopPrice(option.usCents), otherCharges: [] },
      })),
    }],
  };
}

function optionView({ code, title, deliveryTime }: ShippingOption) {
  return { code, title, logistics: { deliveryTime } };
}

function discountsView({ coupon, discount }: Quote) {
  if (!coupon) return [];
  const { id, code, name } = coupon;
  return [{
    discountType: "GLOBAL",
    lineItemIds: [],
    coupon: { id, code, name, amount: shopPrice(discount) },
  }];
}
