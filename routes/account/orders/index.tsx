import { page } from "fresh";
import { Badge } from "@/components/Badge.tsx";
import { define } from "@/lib/define.ts";
import LocalTime from "@/islands/LocalTime.tsx";
import { listOrders, type OrderSummary } from "@/lib/wix/orders.ts";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Your orders";
    const cursor = ctx.url.searchParams.get("cursor") ?? undefined;
    return page(await listOrders(cursor));
  },
});

export default define.page<typeof handler>(({ data }) => (
  <>
    <h1>Your orders</h1>
    {data.orders.length === 0
      ? <p>You have not ordered anything yet.</p>
      : (
        <table class="orders">
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col">Date</th>
              <th scope="col">Items</th>
              <th scope="col">Status</th>
              <th scope="col" class="amount">Total</th>
            </tr>
          </thead>
          <tbody>
            {data.orders.map((order) => <Row key={order.id} order={order} />)}
          </tbody>
        </table>
      )}
    <nav class="pager" aria-label="Pages">
      {data.prev && <PageLink cursor={data.prev} rel="prev" text="Newer" />}
      {data.next && <PageLink cursor={data.next} rel="next" text="Older" />}
    </nav>
  </>
));

function Row({ order }: { order: OrderSummary }) {
  return (
    <tr>
      <th scope="row">
        <a href={`/account/orders/${order.id}`}>{order.number}</a>
      </th>
      <td>
        <LocalTime iso={order.createdAt} />
      </td>
      <td>{order.items.join(", ")}</td>
      <td>
        <Badge status={order.status} /> <Badge status={order.paymentStatus} />
        {" "}
        <Badge status={order.fulfillmentStatus} />
      </td>
      <td class="amount">{order.total}</td>
    </tr>
  );
}

function PageLink(
  { cursor, rel, text }: { cursor: string; rel: string; text: string },
) {
  const href = `/account/orders?${new URLSearchParams({ cursor })}`;
  return <a class="button" rel={rel} href={href}>{text}</a>;
}
