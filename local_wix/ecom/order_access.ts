import type { Call } from "../call.ts";
import type { Order } from "./order.ts";

/** The orders that the caller may read: members their own, apps all. */
export function ordersOf({ identity, backend }: Call): readonly Order[] {
  const { orders } = backend.store;
  switch (identity.kind) {
    case "app":
    case "api_key":
      return orders;
    case "member":
      return orders.filter((order) =>
        order.buyerInfo.memberId === identity.memberId
      );
    default:
      return [];
  }
}
