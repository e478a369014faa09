import { page, type PageProps } from "fresh";
import { listOrders } from "../data.ts";

export const handler = {
  GET: async () => page(await listOrders()),
};

type Orders = Awaited<ReturnType<typeof listOrders>>;

export default ({ data }: PageProps<Orders>) => (
  <>
    <h1>Your orders</h1>
    <ul class="orders">
      {data.map((order) => (
        <li key={order.id}>
          <div class="pictures">
            {order.images.map((image) => (
              <img
                key={image}
                src={image}
                alt=""
                width="64"
                height="64"
                loading="lazy"
              />
            ))}
          </div>
          <h2>
            <a href={`/account/orders/${order.id}`}>Order {order.number}</a>
          </h2>
          <time dateTime={order.createdAt}>{order.createdAt}</time>
          <p>{order.items}</p>
          <span class="badge">{order.paymentStatus}</span>
          <span class="badge">{order.fulfillmentStatus}</span>
          <strong class="amount">{order.total}</strong>
        </li>
      ))}
    </ul>
  </>
);
