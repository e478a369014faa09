import type { Call } from "../call.ts";
import { textsIn } from "../http/parse.ts";
import { reply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import type { Order } from "./order.ts";
import { ordersOf, requireOrder } from "./order_access.ts";
import { transactionsOf } from "./transactions.ts";

/** `GET /ecom/v1/payments/orders/{orderId}` */
export function listTransactionsForSingleOrder(call: Call): Response {
  const order = requireOrder(call, call.params.orderId);
  return reply({ orderTransactions: viewOf(order) });
}

/** `POST /ecom/v1/payments/list-by-ids` */
export async function listTransactionsForMultipleOrders(
  call: Call,
): Promise<Response> {
  const ids = textsIn((await readJson(call.request)).orderIds);
  const orders = ordersOf(call).filter(({ id }) => ids.includes(id));
  return reply({ orderTransactions: orders.map(viewOf) });
}

function viewOf(order: Order) {
  return { orderId: order.id, ...transactionsOf(order) };
}
