import type { Call } from "../call.ts";
import { notFound } from "../http/errors.ts";
import { reply } from "../http/reply.ts";
import { ordersOf } from "./order_access.ts";

/**
 * `GET /ecom/v1/orders/{id}`
 *
 * UNDOCUMENTED: the answer for someone else's order, and for an id that is no
 * GUID. Here both are the 404 of an order that does not exist.
 */
export function getOrder(call: Call): Response {
  const order = ordersOf(call).find(({ id }) => id === call.params.id);
  if (!order) throw notFound("ORDER_NOT_FOUND", "There is no such order");
  return reply({ order });
}
