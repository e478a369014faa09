import type { OrderSummary } from "@/lib/orders/order_views.ts";
import { Badge } from "./Badge.tsx";
import {
  FULFILLMENT_STATUSES,
  ORDER_STATUSES,
  PAYMENT_STATUSES,
} from "./order_status.ts";

type OrderBadgesProps = Pick<
  OrderSummary,
  "status" | "paymentStatus" | "fulfillmentStatus"
>;

/** Orders that won't be shipped. */
const ENDED = ["CANCELED", "REJECTED"];

/**
 * The payment and shipping status of an order. "Placed" has no badge, because it
 * is true of every order; a canceled order has no "Not shipped yet".
 */
export function OrderBadges(
  { status, paymentStatus, fulfillmentStatus }: OrderBadgesProps,
) {
  const isUnshippable = ENDED.includes(status) &&
    fulfillmentStatus === "NOT_FULFILLED";
  return (
    <p class="badges">
      {status !== "APPROVED" && <Badge status={status} of={ORDER_STATUSES} />}
      <Badge status={paymentStatus} of={PAYMENT_STATUSES} />
      {!isUnshippable && (
        <Badge status={fulfillmentStatus} of={FULFILLMENT_STATUSES} />
      )}
    </p>
  );
}
