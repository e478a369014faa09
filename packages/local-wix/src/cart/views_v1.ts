import { rateText, SHOP_TERMS, shopPrice } from "../shop/money.ts";
import {
  CARRIER_ID,
  type Coupon,
  SHIPPING_OPTIONS,
  type ShippingOption,
} from "../shop/offers.ts";
import { pageUrl } from "../stores/product.ts";
import { type Cart, isShipped, type ResolvedLine } from "./cart.ts";
import type { Quote, QuotedLine } from "./quote.ts";

/** `cart` in the field names of the REST API. */
export function cartView(
  cart: Cart,
  lines: readonly ResolvedLine[],
  coupon: Coupon | undefined,
) {
  const { id, note, createdDate, updatedDate } = cart;
  return {
    id,
    lineItems: lines.map(lineView),
    buyerInfo: cart.buyer,
    ...SHOP_TERMS,
    // Missing from the SDK's types, but Wix's template minimal-examples shows it.
    subtotal: shopPrice(
      lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0),
    ),
    taxIncludedInPrices: false,
    appliedDiscounts: coupon
      ? [{ coupon: { id: coupon.id, code: coupon.code } }]
      : [],
    ...(note && { buyerNote: note }),
    ...(cart.checkoutUrl && { overrideCheckoutUrl: cart.checkoutUrl }),
    ...(cart.checkout && { checkoutId: id }),
    purchaseFlowId: id,
    createdDate,
    updatedDate,
  };
}

/** A line of a cart or checkout, before tax and coupons. */
export function lineView(line: ResolvedLine) {
  const { id, quantity, product, variant, left } = line;
  const { catalogReference, custom } = line;
  const { base, path } = pageUrl(product);
  const unit = shopPrice(line.unitPrice);
  return {
    id,
    quantity,
    ...(!custom && {
      catalogReference,
      rootCatalogItemId: product.id,
      url: { relativePath: `/${path}`, url: base + path },
    }),
    productName: { original: product.name, translated: product.name },
    price: unit,
    fullPrice: unit,
    priceBeforeDiscounts: unit,
    lineItemPrice: shopPrice(line.unitPrice * quantity),
    descriptionLines: line.descriptionLines,
    ...(product.image && { image: product.image }),
    availability: {
      status: availabilityOf(line),
      ...(left !== null && { quantityAvailable: left }),
    },
    physicalProperties: {
      sku: variant.sku,
      ...(product.weight > 0 && { weight: product.weight }),
      shippable: isShipped(line),
    },
    itemType: { preset: product.kind },
    paymentOption: "FULL_PAYMENT_ONLINE",
    customLineItem: custom !== undefined,
    priceUndetermined: false,
    fixedQuantity: false,
    savePaymentMethod: false,
    membersOnly: false,
  };
}

function availabilityOf({ quantity, confirmed }: ResolvedLine) {
  if (confirmed === quantity) return "AVAILABLE";
  return confirmed > 0 ? "PARTIALLY_AVAILABLE" : "NOT_AVAILABLE";
}

/** What an estimate and a checkout both say about a quote. */
export function quoteView(quote: Quote) {
  const { coupon } = quote;
  const priceSummary = priceSummaryView(quote);
  return {
    priceSummary,
    taxSummary: {
      taxableAmount: shopPrice(quote.subtotal - quote.discount),
      totalTax: shopPrice(quote.tax),
    },
    shippingInfo: shippingView(quote),
    appliedDiscounts: coupon
      ? [{
        discountType: "GLOBAL",
        lineItemIds: [],
        coupon: {
          id: coupon.id,
          code: coupon.code,
          name: coupon.name,
          amount: shopPrice(quote.discount),
        },
      }]
      : [],
    calculationErrors: { orderValidationErrors: [] },
    payNow: priceSummary,
    payLater: priceSummaryView(NOTHING),
    membershipOptions: { eligibleMemberships: [], invalidMemberships: [] },
    additionalFees: [],
    violations: [],
  };
}

/** What a line costs, in the words of an estimate. */
export function lineCosts({ amounts }: QuotedLine, taxPerMille: number) {
  const { beforeDiscount, discount, tax } = amounts;
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
