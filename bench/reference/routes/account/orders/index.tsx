import { orders } from "@wix/ecom";
import { page } from "fresh";
import { define } from "@/lib/define.ts";
import { toSummary } from "@/lib/orders/order_views.ts";
import { ORDERS_PER_PAGE } from "@/lib/orders/orders.ts";
import { memberClient } from "../../../by_hand/clients.ts";

export { default } from "@/routes/account/orders/index.tsx";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Your orders";
    const { orders: found = [], metadata } = await memberClient.orders
      .searchOrders({
        filter: {},
        sort: [{ fieldName: "_createdDate", order: orders.SortOrder.DESC }],
        cursorPaging: { limit: ORDERS_PER_PAGE },
      });
    const { next, prev } = metadata?.cursors ?? {};
    return page({
      query: {},
      found: {
        orders: found.map(toSummary),
        next: next ?? undefined,
        prev: prev ?? undefined,
      },
    });
  },
});
