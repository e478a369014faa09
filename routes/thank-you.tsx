import { page } from "fresh";
import { OrderLines } from "@/components/OrderLines.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import { readCookie } from "@/lib/cookies.ts";
import { define } from "@/lib/define.ts";
import { toDetail } from "@/lib/orders/order_views.ts";
import { readCart } from "@/lib/shop/cart.ts";
import { findPlacedOrder, returnUrlFromWix } from "@/lib/shop/checkout.ts";
import { CHECKOUT_COOKIE, setCartCount } from "@/lib/shop/cookies.ts";
import { wix } from "@/lib/wix.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { session } = ctx.state;
    const next = returnUrlFromWix(ctx.url, session);
    if (next !== undefined) return ctx.redirect(next, 303);
    ctx.state.title = "Thank you";
    const orderId = ctx.url.searchParams.get("orderId") ?? "";
    const cartId = readCookie(ctx, CHECKOUT_COOKIE);
    const [order, cart] = await Promise.all([
      findPlacedOrder(orderId, session, cartId),
      readCart(session),
    ]);
    setCartCount(ctx, cart.count);
    return page({ order: order && toDetail(order, wix.imageUrl) });
  },
});

export default define.page<typeof handler>(({ data: { order }, state }) => (
  <>
    <PageHeading title="Thank you">
      {order ? <p>Order {order.number} has been placed.</p> : (
        <p>
          If you have just placed an order, it can take a moment to appear:
          reload this page. You will get a confirmation by email.
        </p>
      )}
    </PageHeading>
    {order && (
      <section class="card">
        <h2>Items</h2>
        <OrderLines lines={order.lines} totals={order.totals} />
      </section>
    )}
    <p class="actions">
      {order && state.session.kind === "member" && (
        <a class="button" href={`/account/orders/${order.id}`}>
          Show the order
        </a>
      )}
      <a href="/shop">Back to the shop</a>
    </p>
  </>
));
