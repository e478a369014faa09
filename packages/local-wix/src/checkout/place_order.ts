import type { Call } from "../call.ts";
import type { Cart, Recipient } from "../cart/cart.ts";
import { completeCart } from "../cart/carts.ts";
import { redeemable } from "../cart/gift_card_v2.ts";
import { quote } from "../cart/quote.ts";
import { buildOrder } from "../orders/build_order.ts";
import type { AddressWithContact } from "../orders/order.ts";
import { SHOP_TERMS } from "../shop/money.ts";
import { itemView } from "../stores/inventory_v3.ts";
import { emitOrderPlaced, emitStock } from "../webhooks/events.ts";

/**
 * Places the order of `cart`, of which everything is in stock and whose
 * recipient is complete, takes the goods out of the stock and ends the cart.
 * Returns the order's id. The order belongs to the cart's buyer.
 *
 * UNDOCUMENTED: how an order shows what a gift card paid. Here its payment is one
 * of the total.
 */
export function placeOrder(
  call: Call,
  cart: Cart,
  paymentStatus: "PAID" | "NOT_PAID",
): string {
  const { backend: { newId, isoNow: date, store } } = call;
  const { buyer, email = "", note } = cart;
  const costs = quote(cart, store.catalog);
  const { coupon, shippingOption, market: { region } } = costs;
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
    taxPerMille: costs.taxPerMille,
    lines: costs.lines.map((line) => ({
      ...line,
      sku: line.variant.sku,
      unit: line.unitPrice,
    })),
    totals: costs,
    checkoutId: cart.id,
    channelType: cart.channelType,
    buyer: "memberId" in buyer
      ? { memberId: buyer.memberId }
      : { visitorId: buyer.visitorId },
    contactId: "contactId" in buyer ? buyer.contactId : newId(),
    email,
    buyerLanguage: cart.languageCode,
    recipient: addressOf(cart.recipient),
    billing: addressOf(cart.billing ?? cart.recipient),
    buyerNote: note,
    shipping: shippingOption && { option: shippingOption, region },
    discount: coupon && { id: newId(), coupon },
    activityId: newId,
  });
  for (const { product, variant, quantity } of costs.lines) {
    const left = store.catalog.left(variant);
    if (left === null) continue;
    const updatedDate = date;
    store.catalog.setLevel(variant, { quantity: left - quantity, updatedDate });
    emitStock(call, itemView(call, { product, variant }), left > 0);
  }
  store.orders.put(order);
  emitOrderPlaced(call, order);
  const redeemed = redeemable(call, cart, costs.total);
  completeCart(call, { ...cart, redeemed }, order.id);
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
