import type { AddressWithContact, LineItem, Order } from "../ecom/order.ts";
import { orderAmounts } from "../ecom/order_amounts.ts";
import {
  isShipped,
  type Quote,
  type QuotedLine,
  rateText,
} from "../ecom/quote.ts";
import { SHOP_TERMS } from "../ecom/shop_terms.ts";
import { price } from "../seed/money.ts";
import type { Checkout, Recipient } from "./checkout.ts";

/** What makes an order of a checkout. */
export interface Placement {
  readonly id: string;
  readonly number: string;
  /** ISO date. */
  readonly date: string;
  readonly paymentStatus: "PAID" | "NOT_PAID";
  readonly contactId: string;
  readonly newId: () => string;
}

/** The order that comes out of `checkout`, whose recipient is complete. */
export function orderOf(
  checkout: Checkout,
  quote: Quote,
  placement: Placement,
): Order {
  const { id, number, date, paymentStatus, newId } = placement;
  const { buyer, email = "", buyerNote } = checkout;
  const person = "memberId" in buyer
    ? { memberId: buyer.memberId }
    : { visitorId: buyer.visitorId };
  const recipient = addressOf(checkout.recipient);
  const { coupon, shippingOption, market: { region } } = quote;
  const types = paymentStatus === "PAID"
    ? ["ORDER_PLACED", "ORDER_PAID"]
    : ["ORDER_PLACED"];
  return {
    id,
    number,
    createdDate: date,
    updatedDate: date,
    purchasedDate: date,
    status: "APPROVED",
    paymentStatus,
    fulfillmentStatus: "NOT_FULFILLED",
    currency: SHOP_TERMS.currency,
    currencyConversionDetails: {
      originalCurrency: SHOP_TERMS.currency,
      conversionRate: "1",
    },
    buyerLanguage: SHOP_TERMS.buyerLanguage,
    siteLanguage: SHOP_TERMS.siteLanguage,
    weightUnit: SHOP_TERMS.weightUnit,
    taxIncludedInPrices: false,
    archived: false,
    checkoutId: checkout.id,
    channelInfo: { type: checkout.channelType },
    buyerInfo: { ...person, contactId: placement.contactId, email },
    createdBy: person,
    ...(buyerNote && { buyerNote }),
    lineItems: quote.lines.map((line) => lineItem(line, quote.taxPerMille)),
    ...orderAmounts({
      totals: quote,
      currency: SHOP_TERMS.currency,
      paymentStatus,
      shipping: shippingOption && { option: shippingOption, region, recipient },
      discount: coupon && { id: newId(), coupon },
    }),
    billingInfo: recipient,
    recipientInfo: recipient,
    activities: types.map((type) => ({ id: newId(), createdDate: date, type })),
    additionalFees: [],
    customFields: [],
    tags: {},
    extendedFields: { namespaces: {} },
  };
}

function lineItem(line: QuotedLine, taxPerMille: number): LineItem {
  const { product, variant, quantity, catalogReference } = line;
  const { beforeDiscount, discount, tax } = line.amounts;
  const net = beforeDiscount - discount;
  return {
    id: line.id,
    productName: { original: product.name, translated: product.name },
    catalogReference,
    quantity,
    price: money(Math.round(net / quantity)),
    priceBeforeDiscounts: money(product.unitPrice),
    totalDiscount: money(discount),
    lineItemPrice: money(net),
    totalPriceBeforeTax: money(net),
    totalPriceAfterTax: money(net + tax),
    taxInfo: { taxRate: rateText(taxPerMille), taxAmount: money(tax) },
    descriptionLines: variant?.descriptionLines ?? [],
    ...(product.image && { image: product.image }),
    physicalProperties: {
      sku: variant?.sku ?? product.sku,
      ...(product.weight > 0 && { weight: product.weight }),
      shippable: isShipped(line),
    },
    itemType: { preset: product.kind },
    paymentOption: "FULL_PAYMENT_ONLINE",
  };
}

function addressOf(recipient: Recipient): AddressWithContact {
  const { country = "", city = "", postalCode = "", addressLine = "" } =
    recipient;
  const { subdivision, firstName = "", lastName = "", phone = "" } = recipient;
  return {
    address: {
      country,
      ...(subdivision && { subdivision }),
      city,
      postalCode,
      addressLine,
    },
    contactDetails: { firstName, lastName, phone },
  };
}

function money(minor: number) {
  return price(minor, SHOP_TERMS.currency);
}
