import type {
  FulfillmentStatus,
  OrderStatus,
  PaymentStatus,
} from "../ecom/order.ts";

/** The three statuses of an order. */
export interface OrderState {
  readonly status: OrderStatus;
  readonly paymentStatus: PaymentStatus;
  readonly fulfillmentStatus: FulfillmentStatus;
}

const PAYMENTS: readonly PaymentStatus[] = [
  "PAID",
  "NOT_PAID",
  "PARTIALLY_REFUNDED",
  "PENDING",
  "FULLY_REFUNDED",
  "PARTIALLY_PAID",
  "PENDING_MERCHANT",
  "DECLINED",
  "CANCELED",
  "UNSPECIFIED",
];

const FULFILLMENTS: readonly FulfillmentStatus[] = [
  "NOT_FULFILLED",
  "PARTIALLY_FULFILLED",
  "FULFILLED",
];

const SHOWN: readonly OrderState[] = PAYMENTS.flatMap((payment) => [
  ...FULFILLMENTS.map((fulfillment) => state("APPROVED", payment, fulfillment)),
  state("CANCELED", payment, "NOT_FULFILLED"),
]);

/**
 * The state of a member's `index`th newest order: the first forty have every
 * payment with every fulfillment, and canceled; those before are done.
 */
export function orderState(index: number): OrderState {
  return SHOWN[index] ?? state("APPROVED", "PAID", "FULFILLED");
}

/** States that a search leaves out: three unless it asks for them, one always. */
export const HIDDEN_STATES: readonly OrderState[] = [
  state("PENDING", "PENDING", "NOT_FULFILLED"),
  state("PENDING", "PENDING_MERCHANT", "NOT_FULFILLED"),
  state("REJECTED", "DECLINED", "NOT_FULFILLED"),
  state("INITIALIZED", "NOT_PAID", "NOT_FULFILLED"),
];

function state(
  status: OrderStatus,
  paymentStatus: PaymentStatus,
  fulfillmentStatus: FulfillmentStatus,
): OrderState {
  return { status, paymentStatus, fulfillmentStatus };
}
