import { define } from "@/lib/define.ts";
import { requireMember } from "@/lib/session/guard.ts";
import { listOrders } from "@/lib/wix/orders.ts";

export const handler = define.handlers({
  async GET(ctx) {
    requireMember(ctx.state.session);
    const cursor = ctx.url.searchParams.get("cursor") ?? undefined;
    return Response.json(await listOrders(cursor));
  },
});
