import type { Call } from "../call.ts";
import { dropCart } from "../cart/carts.ts";
import { buildOrder } from "../orders/build_order.ts";
import type { AddressWithContact } from "../orders/order.ts";
import { SHOP_TERMS } from "../shop/money.ts";
import { type Checkout, quoteCheckout, type Recipient } from "./checkout.ts";

/**
 * Places the order of `checkout`, whose recipient is complete, and ends checkout
 * and cart. Returns the order's id. The order belongs to the checkout's buyer.
 */
export function placeOrder(
  call: Call,
  checkout: Checkout,
  paymentStatus: "PAID" | "NOT_PAID",
): string {
  const { backend: { newId, isoNow: date, store } } = call;
  const { buyer, cartId, email = "", buyerNote } = checkout;
  const quote = quoteCheckout(checkout, store.catalog);
  const { coupon, shippingOption, market: { region } } = quote;
  const order = buildOrder({
    id: newId(),
    number: store.nextOrderNumber,
    date,
    state: {
      status: "APPROVED",
      paymentStatus,
      fulfillmentStatus: "NOT_FULFILLED",
    },
    currency: SHOP_TERMS.currency,
    taxPerMille: quote.taxPerMille,
    lines: quote.lines.map((line) => ({
      ...line,
      sku: line.variant?.sku ?? line.product.sku,
      unit: line.product.unitPrice,
      descriptionLines: line.variant?.descriptionLines ?? [],
    })),
    totals: quote,
    checkoutId: checkout.id,
    channelType: checkout.channelType,
    buyer: "memberId" in buyer
      ? { memberId: buyer.memberId }
      : { visitorId: buyer.visitorId },
    contactId: "contactId" in buyer ? buyer.contactId : newId(),
    email,
    recipient: addressOf(checkout.recipient),
    buyerNote,
    shipping: shippingOption && { option: shippingOption, region },
    discount: coupon && { id: newId(), coupon },
    activityId: newId,
  });
  store.orders.put(order);
  store.checkouts.put({ ...checkout, orderId: order.id });
  if (cartId) dropCart(call, cartId);
  return order.id;
}

function addressOf(
  { firstName = "", lastName = "", phone = "", ...address }: Recipient,
): AddressWithContact {
  const { country = "", city = "", postalCode = "", addressLine = "" } =
    address;
  return {
    address: { ...address, country, city, postalCode, addressLine },
    contactDetails: { firstName, lastName, phone },
  };
}
