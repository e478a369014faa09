import { HttpError, page } from "fresh";
import {
  DescriptionItem,
  DescriptionList,
} from "@/components/DescriptionList.tsx";
import { OrderBadges } from "@/components/OrderBadges.tsx";
import { OrderLines } from "@/components/OrderLines.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import { Shipments } from "@/components/Shipments.tsx";
import LocalTime from "@/islands/LocalTime.tsx";
import { defineForMembers } from "@/lib/define.ts";
import { toDetail } from "@/lib/orders/order_views.ts";
import { findOrder } from "@/lib/orders/orders.ts";
import { listShipments } from "@/lib/orders/shipments.ts";
// #region shop
import { setFlash } from "@/lib/cookies.ts";
import { orderAgain } from "@/lib/shop/cart.ts";
import { setCartCount } from "@/lib/shop/cookies.ts";
// #endregion
import { wix } from "@/lib/wix.ts";

export const handler = defineForMembers.handlers({
  async GET(ctx) {
    const { id = "" } = ctx.params;
    const [found, shipments] = await Promise.all([
      findOrder(id, ctx.state.session),
      listShipments(id),
    ]);
    if (found === undefined) throw new HttpError(404);
    const order = toDetail(found, wix.imageUrl);
    ctx.state.title = `Order ${order.number}`;
    return page({ order, shipments });
  },
  // #region shop

  /** Orders the same items again: adds them to the cart. */
  async POST(ctx) {
    const { id = "" } = ctx.params;
    const order = await findOrder(id, ctx.state.session);
    if (order === undefined) throw new HttpError(404);
    const { count, isComplete } = await orderAgain(order);
    setCartCount(ctx, count);
    const extent = isComplete ? "again" : count ? "in-part" : "nothing";
    setFlash(ctx, `ordered-${extent}`);
    return ctx.redirect("/cart", 303);
  },
  // #endregion
});

export default defineForMembers.page<typeof handler>((
  { data: { order, shipments } },
) => (
  <>
    <PageHeading
      title={`Order ${order.number}`}
      breadcrumbs={[
        { href: "/account", text: "Your account" },
        { href: "/account/orders", text: "Your orders" },
      ]}
    >
      <LocalTime iso={order.createdAt} />
      <OrderBadges {...order} />
    </PageHeading>
    <div class="order">
      <section>
        <h2>Items</h2>
        <OrderLines lines={order.lines} totals={order.totals} />
        {/* #region shop */}
        <form class="order-again" method="post">
          <button type="submit">Order again</button>
        </form>
        {/* #endregion */}
        {order.note && (
          <>
            <h2>Your note</h2>
            <p>{order.note}</p>
          </>
        )}
      </section>
      <section>
        <h2>Delivery</h2>
        {order.delivery && <p>{order.delivery}</p>}
        <Shipments shipments={shipments} order={order} />
        <Address title="Ship to" lines={order.shipTo} />
        <h2>Payment</h2>
        <DescriptionList>
          {order.balance.map(([name, amount]) => (
            <DescriptionItem key={name} name={name}>{amount}</DescriptionItem>
          ))}
        </DescriptionList>
        <Address title="Bill to" lines={order.billTo} />
        {order.history.length > 0 && <h2>History</h2>}
        <ol class="history">
          {order.history.map(({ at, text }) => (
            <li key={at + text}>
              {text} <LocalTime iso={at} />
            </li>
          ))}
        </ol>
      </section>
    </div>
  </>
));

function Address(
  { title, lines }: { title: string; lines: readonly string[] },
) {
  return lines.length === 0 ? null : (
    <>
      <h3>{title}</h3>
      <address>
        {lines.map((line) => (
          <div key={line}>
            <bdi>{line}</bdi>
          </div>
        ))}
      </address>
    </>
  );
}
