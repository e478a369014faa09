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

/** Nothing will be sent any more. */
const ENDED = ["CANCELED", "REJECTED"];

/**
 * How far along an order is: payment and shipping. Without a badge for "placed",
 * which every order is; a canceled order does not show that it is not sent yet.
 */
export function OrderBadges(
  { status, paymentStatus, fulfillmentStatus }: OrderBadgesProps,
) {
  const sendsNothing = ENDED.includes(status) &&
    fulfillmentStatus === "NOT_FULFILLED";
  return (
    <p class="badges">
      {status !== "APPROVED" && <Badge status={status} of={ORDER_STATUSES} />}
      <Badge status={paymentStatus} of={PAYMENT_STATUSES} />
      {!sendsNothing && (
        <Badge status={fulfillmentStatus} of={FULFILLMENT_STATUSES} />
      )}
    </p>
  );
}
