import { lineView } from "../ecom/cart_view.ts";
import type { Quote } from "../ecom/quote.ts";
import { lineCosts, quoteView } from "../ecom/quote_view.ts";
import type { Checkout, Recipient } from "./checkout.ts";
import { SHOP_TERMS } from "../ecom/shop_terms.ts";

/** `checkout` and what it costs, in the field names of the REST API. */
export function checkoutView(checkout: Checkout, quote: Quote) {
  const { id, buyer, recipient, email } = checkout;
  const costs = quoteView(quote);
  const { contactId: _contactId, ...createdBy } = { contactId: "", ...buyer };
  const address = addressView(recipient);
  return {
    id,
    lineItems: quote.lines.map((line) => {
      const { totalDiscount, ...prices } = lineCosts(line, quote.taxPerMille);
      return { ...lineView(line), ...prices, discount: totalDiscount };
    }),
    buyerInfo: { ...buyer, ...(email && { email }) },
    ...costs,
    ...(address && { billingInfo: address }),
    shippingInfo: {
      ...costs.shippingInfo,
      ...(address && { shippingDestination: address }),
    },
    ...SHOP_TERMS,
    taxIncludedInPrice: false,
    channelType: checkout.channelType,
    completed: checkout.orderId !== undefined,
    createdBy,
    customFields: [],
    ...(checkout.cartId && { cartId: checkout.cartId }),
    ...(checkout.buyerNote && { buyerNote: checkout.buyerNote }),
    purchaseFlowId: checkout.cartId ?? id,
    createdDate: checkout.createdDate,
    updatedDate: checkout.updatedDate,
  };
}

function addressView(recipient: Recipient) {
  if (Object.keys(recipient).length === 0) return undefined;
  const { firstName, lastName, phone, ...address } = recipient;
  const contactDetails = { firstName, lastName, phone };
  return { address, contactDetails };
}
