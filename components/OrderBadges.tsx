import type { OrderSummary } from "@/lib/wix/order_views.ts";
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

/** How far an order is. That it was placed goes without saying. */
export function OrderBadges(
  { status, paymentStatus, fulfillmentStatus }: OrderBadgesProps,
) {
  return (
    <p class="badges">
      {status !== "APPROVED" && <Badge status={status} of={ORDER_STATUSES} />}
      <Badge status={paymentStatus} of={PAYMENT_STATUSES} />
      <Badge status={fulfillmentStatus} of={FULFILLMENT_STATUSES} />
    </p>
  );
}
