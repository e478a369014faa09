import { type Order, orderGuid } from "./build_order.ts";

/**
 * The parcels of `order`, as its status says. Goods that are not shipped have a
 * fulfillment of their own, without tracking.
 */
export function fulfillmentsOf(order: Order) {
  const shipped = new Set(
    order.lineItems.filter((item) => item.physicalProperties.shippable)
      .map(({ id }) => id),
  );
  const sent = sentItems(order);
  const parcel = sent.filter(({ id }) => shipped.has(id));
  const mail = sent.filter(({ id }) => !shipped.has(id));
  const isDone = order.fulfillmentStatus === "FULFILLED";
  const base = (index: number) => ({
    id: orderGuid("fulfillment", order, index),
    createdDate: order.updatedDate,
    status: isDone ? "Fulfilled" : "In_Delivery",
    completed: isDone,
  } as const);
  const trackingInfo = tracking(order);
  const customInfo = { fieldsData: { sentBy: "e-mail" } };
  return [
    { ...base(0), lineItems: parcel, trackingInfo },
    { ...base(1), lineItems: mail, customInfo },
  ].filter(({ lineItems }) => lineItems.length > 0);
}

/** All lines; of an order that was sent in part, all pieces but the last. */
function sentItems({ lineItems, fulfillmentStatus }: Order) {
  const all = lineItems.map(({ id, quantity }) => ({ id, quantity }));
  const last = all.pop();
  if (fulfillmentStatus === "NOT_FULFILLED" || !last) return [];
  if (fulfillmentStatus === "FULFILLED") return [...all, last];
  const rest = { ...last, quantity: last.quantity - 1 };
  return rest.quantity > 0 ? [...all, rest] : all;
}

const PROVIDERS = [
  ["fedex", "https://www.fedex.com/fedextrack/?trknbr="],
  ["dhl", "https://www.dhl.com/en/express/tracking.html?AWB="],
  ["Juniper Couriers", "https://couriers.demo.example/track/"],
] as const;

function tracking({ number }: Order) {
  const trackingNumber = `LW${number.padStart(10, "0")}`;
  const [shippingProvider, page] =
    PROVIDERS[Number(number) % PROVIDERS.length] ?? PROVIDERS[0];
  const trackingLink = page + trackingNumber;
  return { trackingNumber, shippingProvider, trackingLink };
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

function paymentsOf(order: Order) {
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

function refundsOf(order: Order, [payment]: ReturnType<typeof paymentsOf>) {
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
