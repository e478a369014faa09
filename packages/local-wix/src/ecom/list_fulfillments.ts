import type { Call } from "../call.ts";
import { textsIn } from "../http/parse.ts";
import { reply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { fulfillmentsOf } from "./fulfillments.ts";
import type { Order } from "./order.ts";
import { ordersOf, requireOrder } from "./order_access.ts";

/** `GET /ecom/v1/fulfillments/orders/{orderId}` */
export function listFulfillmentsForSingleOrder(call: Call): Response {
  const order = requireOrder(call, call.params.orderId);
  return reply({ orderWithFulfillments: viewOf(order) });
}

/**
 * `POST /ecom/v1/fulfillments/list-by-ids`
 *
 * UNDOCUMENTED: fulfillments of an order that does not exist, or is someone
 * else's, among several. Here they are left out.
 */
export async function listFulfillmentsForMultipleOrders(
  call: Call,
): Promise<Response> {
  const ids = textsIn((await readJson(call.request)).orderIds);
  const orders = ordersOf(call).filter(({ id }) => ids.includes(id));
  return reply({ ordersWithFulfillments: orders.map(viewOf) });
}

function viewOf(order: Order) {
  return { orderId: order.id, fulfillments: fulfillmentsOf(order) };
}
