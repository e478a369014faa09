/**
 * Wix's status words of orders, in words and colours for people.
 *
 * @module
 */
import type { orders } from "@wix/ecom";

/** How a status is shown. The colour only repeats what the words say. */
export interface StatusView {
  readonly text: string;
  readonly tone: "good" | "waiting" | "bad" | "plain";
}

type OrderStatus = `${NonNullable<orders.Order["status"]>}`;
type PaymentStatus = `${NonNullable<orders.Order["paymentStatus"]>}`;
type FulfillmentStatus = `${NonNullable<orders.Order["fulfillmentStatus"]>}`;

/** The types make sure that none is missing when Wix adds one. */
export const ORDER_STATUSES: Record<OrderStatus, StatusView> = {
  INITIALIZED: { text: "Not placed yet", tone: "waiting" },
  APPROVED: { text: "Placed", tone: "plain" },
  CANCELED: { text: "Order canceled", tone: "bad" },
  PENDING: { text: "Waiting for approval", tone: "waiting" },
  REJECTED: { text: "Order rejected", tone: "bad" },
};

/** See {@link ORDER_STATUSES}. */
export const PAYMENT_STATUSES: Record<PaymentStatus, StatusView> = {
  PAID: { text: "Paid", tone: "good" },
  NOT_PAID: { text: "Not paid", tone: "waiting" },
  PENDING: { text: "Payment pending", tone: "waiting" },
  PENDING_MERCHANT: { text: "Payment being confirmed", tone: "waiting" },
  PARTIALLY_PAID: { text: "Partly paid", tone: "waiting" },
  PARTIALLY_REFUNDED: { text: "Partly refunded", tone: "plain" },
  FULLY_REFUNDED: { text: "Refunded", tone: "plain" },
  CANCELED: { text: "Payment canceled", tone: "bad" },
  DECLINED: { text: "Payment declined", tone: "bad" },
  UNSPECIFIED: { text: "Payment unknown", tone: "plain" },
};

/** See {@link ORDER_STATUSES}. */
export const FULFILLMENT_STATUSES: Record<FulfillmentStatus, StatusView> = {
  NOT_FULFILLED: { text: "Not sent yet", tone: "waiting" },
  PARTIALLY_FULFILLED: { text: "Partly sent", tone: "waiting" },
  FULFILLED: { text: "Sent", tone: "good" },
};

/** Returns how to show a status, also one that Wix invents tomorrow. */
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
