import { define } from "@/lib/define.ts";
import { requireMember } from "@/packages/fresh-wix/src/session/guard.ts";
import { readOrderQuery } from "@/lib/orders/order_query.ts";
import { listOrders } from "@/lib/orders/orders.ts";

export const handler = define.handlers({
  async GET(ctx) {
    requireMember(ctx.state.session);
    const query = readOrderQuery(ctx.url.searchParams);
    return Response.json(await listOrders(query));
  },
});
