import type { OrderItem, OrderSummary } from "@/lib/orders/order_views.ts";
import LocalTime from "@/islands/LocalTime.tsx";
import { OrderBadges } from "./OrderBadges.tsx";
import { Thumbnail } from "./Thumbnail.tsx";

/** A list of orders. */
export function OrderList({ orders }: { orders: readonly OrderSummary[] }) {
  return (
    <ul class="orders">
      {orders.map((order) => <Order key={order.id} order={order} />)}
    </ul>
  );
}

function Order({ order }: { order: OrderSummary }) {
  return (
    <li>
      <Pictures items={order.items} />
      <div class="order-facts">
        <h2>
          <a href={`/account/orders/${order.id}`}>Order {order.number}</a>
        </h2>
        <LocalTime iso={order.createdAt} />
        <p class="order-items">{listItems(order.items)}</p>
      </div>
      <OrderBadges {...order} />
      <strong class="amount">{order.total}</strong>
    </li>
  );
}

/** As many pictures as fit in a row on a phone. */
const MAX_PICTURES = 3;

function Pictures({ items }: { items: readonly OrderItem[] }) {
  const more = items.length - MAX_PICTURES;
  return (
    <div class="pictures">
      {items.slice(0, MAX_PICTURES).map(({ image }, index) => (
        <Thumbnail key={index} image={image} />
      ))}
      {more > 0 && <span class="more">+{more}</span>}
    </div>
  );
}

function listItems(items: readonly OrderItem[]): string {
  return items.map(({ name, quantity }) => `${quantity} × ${name}`).join(", ");
}
