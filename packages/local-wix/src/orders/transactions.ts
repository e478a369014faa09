import type { Price } from "../shop/money.ts";
import { type Order, orderGuid } from "./order.ts";

/** A payment of an order. */
export interface Payment {
  readonly id: string;
  readonly createdDate: string;
  readonly updatedDate: string;
  readonly amount: Price;
  readonly status: string;
  readonly refundDisabled: boolean;
  readonly regularPaymentDetails: Readonly<Record<string, unknown>>;
}

/** Payments and refunds of `order`, as its statuses and balance say. */
export function transactionsOf(order: Order) {
  const payments = paymentsOf(order);
  return { payments, refunds: refundsOf(order, payments) };
}

/** The status of an order's payment, where one was attempted. */
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

function paymentsOf(order: Order): Payment[] {
  const { priceSummary: { total }, balanceSummary: { paid } } = order;
  const status = PAYMENT_STATUS[order.paymentStatus];
  if (!status) return [];
  const id = orderGuid("payment", order, 0);
  return [{
    id,
    createdDate: order.purchasedDate,
    updatedDate: order.updatedDate,
    amount: Number(paid.amount) > 0 ? paid : total,
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

function refundsOf(order: Order, [payment]: readonly Payment[]) {
  const { refunded } = order.balanceSummary;
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
