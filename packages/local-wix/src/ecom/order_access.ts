import type { Call } from "../call.ts";
import { notFound } from "../http/errors.ts";
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

/**
 * The order with this id, if the caller may read it.
 *
 * UNDOCUMENTED: the answer for someone else's order, and for an id that is no
 * GUID. Here both are the 404 of an order that does not exist.
 */
export function requireOrder(call: Call, id: string | undefined): Order {
  const order = ordersOf(call).find((item) => item.id === id);
  if (order) return order;
  throw notFound("ORDER_NOT_FOUND", "There is no such order");
}
