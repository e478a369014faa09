import type { Order, Price } from "./order.ts";
import { orderGuid } from "./order_guid.ts";

/** A payment of an order, as far as the demo shop knows it. */
export interface Payment {
  readonly id: string;
  readonly createdDate: string;
  readonly updatedDate: string;
  readonly amount: Price;
  readonly status: string;
  readonly refundDisabled: boolean;
  readonly regularPaymentDetails: Readonly<Record<string, unknown>>;
}

/** Money that went back to a buyer. */
export interface Refund {
  readonly id: string;
  readonly createdDate: string;
  readonly transactions: readonly {
    readonly paymentId: string;
    readonly amount: Price;
    readonly refundStatus: "SUCCEEDED";
    readonly gatewayRefundId: string;
    readonly externalRefund: boolean;
  }[];
  readonly details: {
    readonly shippingIncluded: boolean;
    readonly reason: string;
  };
  readonly summary: {
    readonly requestedRefund: Price;
    readonly refunded: Price;
    readonly pending: boolean;
  };
}

/** The payments and refunds of `order`, as its statuses and balance say. */
export function transactionsOf(order: Order) {
  const payments = paymentsOf(order);
  return { payments, refunds: refundsOf(order, payments) };
}

function paymentsOf(order: Order): Payment[] {
  const status = PAYMENT_STATUS[order.paymentStatus];
  if (!status) return [];
  const isPaid = Number(order.balanceSummary.paid.amount) > 0;
  const amount = isPaid ? order.balanceSummary.paid : order.priceSummary.total;
  const id = orderGuid("payment", order, 0);
  return [{
    id,
    createdDate: order.purchasedDate,
    updatedDate: order.updatedDate,
    amount,
    status,
    refundDisabled: false,
    regularPaymentDetails: {
      paymentOrderId: id,
      gatewayTransactionId: id,
      providerTransactionId: `local-${order.number}`,
      paymentMethod: "CreditCard",
      paymentMethodName: {
        buyerLanguageName: "Credit card",
        siteLanguageName: "Credit card",
      },
      creditCardDetails: { brand: "Visa", lastFourDigits: "4242" },
      offlinePayment: false,
      savedPaymentMethod: false,
      status,
      chargebacks: [],
    },
  }];
}

/** Statuses of orders that a payment was tried for, and of that payment. */
const PAYMENT_STATUS: Readonly<
  Partial<Record<Order["paymentStatus"], string>>
> = {
  PAID: "APPROVED",
  PARTIALLY_PAID: "APPROVED",
  PARTIALLY_REFUNDED: "PARTIALLY_REFUNDED",
  FULLY_REFUNDED: "REFUNDED",
  PENDING: "PENDING",
  PENDING_MERCHANT: "PENDING_MERCHANT",
  CANCELED: "CANCELED",
  DECLINED: "DECLINED",
};

function refundsOf(order: Order, payments: readonly Payment[]): Refund[] {
  const { refunded } = order.balanceSummary;
  const [payment] = payments;
  if (!payment || Number(refunded.amount) === 0) return [];
  const id = orderGuid("refund", order, 0);
  const isWhole = order.paymentStatus === "FULLY_REFUNDED";
  return [{
    id,
    createdDate: order.updatedDate,
    transactions: [{
      paymentId: payment.id,
      amount: refunded,
      refundStatus: "SUCCEEDED",
      gatewayRefundId: id,
      externalRefund: false,
    }],
    details: {
      shippingIncluded: isWhole,
      reason: isWhole ? "Sent back" : "Arrived with a scratch",
    },
    summary: { requestedRefund: refunded, refunded, pending: false },
  }];
}
