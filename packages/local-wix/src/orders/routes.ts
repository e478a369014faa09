import { allow, type Call, type Handler, type Route } from "../call.ts";
import { textsIn } from "../http/json.ts";
import { readJson } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { ELEVATED, EVERYONE, MEMBERS_AND_UP } from "../identity/identity.ts";
import { requireOrder, searchOrders, visibleOrders } from "./find_orders.ts";
import type { Order } from "./build_order.ts";
import { fulfillmentsOf, transactionsOf } from "./progress.ts";

/** Orders, their fulfillments and their payments. */
export const ORDER_ROUTES: readonly Route[] = [
  ...allow(EVERYONE, {
    "GET /ecom/v1/orders/{id}": (call) =>
      reply({ order: requireOrder(call, call.params.id) }),
  }),
  ...allow(MEMBERS_AND_UP, {
    "POST /ecom/v1/orders/search": searchOrders,
    "GET /ecom/v1/fulfillments/orders/{orderId}": (call) =>
      reply({ orderWithFulfillments: fulfillmentView(orderInPath(call)) }),
    "POST /ecom/v1/fulfillments/list-by-ids": byIds((orders) => ({
      ordersWithFulfillments: orders.map(fulfillmentView),
    })),
  }),
  // UNDOCUMENTED: members who read the transactions of their own orders. The
  // SDK names members among those who may read fulfillments, not here: 403.
  ...allow(ELEVATED, {
    "GET /ecom/v1/payments/orders/{orderId}": (call) =>
      reply({ orderTransactions: transactionView(orderInPath(call)) }),
    "POST /ecom/v1/payments/list-by-ids": byIds((orders) => ({
      orderTransactions: orders.map(transactionView),
    })),
  }),
];

function orderInPath(call: Call): Order {
  return requireOrder(call, call.params.orderId);
}

/**
 * UNDOCUMENTED: an order that does not exist, or is another member's, among
 * several. Here it is left out.
 */
function byIds(view: (orders: readonly Order[]) => unknown): Handler {
  return async (call) => {
    const ids = textsIn((await readJson(call.request)).orderIds);
    return reply(
      view(visibleOrders(call).filter(({ id }) => ids.includes(id))),
    );
  };
}

function fulfillmentView(order: Order) {
  return { orderId: order.id, fulfillments: fulfillmentsOf(order) };
}

function transactionView(order: Order) {
  return { orderId: order.id, ...transactionsOf(order) };
}
