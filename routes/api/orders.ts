import { define } from "@/lib/define.ts";
import { assertMember } from "@fresh-wix/core";
import { readOrderQuery } from "@/lib/orders/order_query.ts";
import { listOrders } from "@/lib/orders/orders.ts";
import { wix } from "@/lib/wix.ts";

export const handler = define.handlers({
  async GET(ctx) {
    assertMember(ctx.state.session);
    const query = readOrderQuery(ctx.url.searchParams);
    return Response.json(await listOrders(query, wix.imageUrl));
  },
});
