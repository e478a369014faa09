/**
 * Labels and colours for Wix's order statuses.
 *
 * @module
 */
import type { orders } from "@wix/ecom";

/** How a status is shown. The colour adds no information to the text. */
export interface StatusView {
  readonly text: string;
  readonly tone: "good" | "waiting" | "bad" | "plain";
}

type OrderStatus = `${NonNullable<orders.Order["status"]>}`;
type PaymentStatus = `${NonNullable<orders.Order["paymentStatus"]>}`;
type FulfillmentStatus = `${NonNullable<orders.Order["fulfillmentStatus"]>}`;

/** The types fail to compile when Wix adds a status. */
export const ORDER_STATUSES: Record<OrderStatus, StatusView> = {
  INITIALIZED: { text: "Not placed", tone: "waiting" },
  APPROVED: { text: "Placed", tone: "plain" },
  CANCELED: { text: "Order canceled", tone: "bad" },
  PENDING: { text: "Awaiting approval", tone: "waiting" },
  REJECTED: { text: "Order rejected", tone: "bad" },
};

/** See {@link ORDER_STATUSES}. */
export const PAYMENT_STATUSES: Record<PaymentStatus, StatusView> = {
  PAID: { text: "Paid", tone: "good" },
  NOT_PAID: { text: "Not paid", tone: "waiting" },
  PENDING: { text: "Payment pending", tone: "waiting" },
  PENDING_MERCHANT: { text: "Confirming payment", tone: "waiting" },
  PARTIALLY_PAID: { text: "Partially paid", tone: "waiting" },
  PARTIALLY_REFUNDED: { text: "Partially refunded", tone: "plain" },
  FULLY_REFUNDED: { text: "Refunded", tone: "plain" },
  CANCELED: { text: "Payment canceled", tone: "bad" },
  DECLINED: { text: "Payment declined", tone: "bad" },
  UNSPECIFIED: { text: "Payment status unknown", tone: "plain" },
};

/** See {@link ORDER_STATUSES}. */
export const FULFILLMENT_STATUSES: Record<FulfillmentStatus, StatusView> = {
  NOT_FULFILLED: { text: "Not shipped yet", tone: "waiting" },
  PARTIALLY_FULFILLED: { text: "Partially shipped", tone: "waiting" },
  FULFILLED: { text: "Shipped", tone: "good" },
};

/** Returns how to show a status. An unknown one is shown as Wix names it. */
export function statusView(
  statuses: Readonly<Record<string, StatusView>>,
  status: string,
): StatusView {
  if (Object.hasOwn(statuses, status) && statuses[status]) {
    return statuses[status];
  }
  const words = status.toLowerCase().replaceAll("_", " ");
  return {
    text: words.charAt(0).toUpperCase() + words.slice(1),
    tone: "plain",
  };
}
