import type { Address } from "../shop/money.ts";

/** An address with the person who lives there. */
export interface AddressWithContact {
  readonly address: Address;
  readonly contactDetails: {
    readonly firstName: string;
    readonly lastName: string;
    readonly phone: string;
  };
}

/** The lifecycle of an order. */
export type OrderStatus =
  | "INITIALIZED"
  | "APPROVED"
  | "CANCELED"
  | "PENDING"
  | "REJECTED";

/** The payment status of an order. */
export type PaymentStatus =
  | "UNSPECIFIED"
  | "NOT_PAID"
  | "PAID"
  | "PARTIALLY_REFUNDED"
  | "FULLY_REFUNDED"
  | "PENDING"
  | "PARTIALLY_PAID"
  | "PENDING_MERCHANT"
  | "CANCELED"
  | "DECLINED";

/** How much of an order has been sent. */
export type FulfillmentStatus =
  | "NOT_FULFILLED"
  | "PARTIALLY_FULFILLED"
  | "FULFILLED";

/** The three statuses of an order. */
export interface OrderState {
  readonly status: OrderStatus;
  readonly paymentStatus: PaymentStatus;
  readonly fulfillmentStatus: FulfillmentStatus;
}

/** A member or a visitor, as the buyer of an order. */
export type OrderBuyer =
  | { readonly memberId: string; readonly visitorId?: never }
  | { readonly visitorId: string; readonly memberId?: never };
