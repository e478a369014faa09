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
 * How far an order is. That it was placed goes without saying; that one which
 * is canceled was "not sent yet" would promise that it will be.
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
