import { HttpError, page } from "fresh";
import { Badge } from "@/components/Badge.tsx";
import { define } from "@/lib/define.ts";
import LocalTime from "@/islands/LocalTime.tsx";
import { findOrder } from "@/lib/wix/orders.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { session } = ctx.state;
    const order = await findOrder(ctx.params.id ?? "", session.member?.id);
    if (order === undefined) throw new HttpError(404);
    ctx.state.title = `Order ${order.number}`;
    return page(order);
  },
});

export default define.page<typeof handler>(({ data: order }) => (
  <>
    <p>
      <a href="/account/orders">Your orders</a>
    </p>
    <h1>Order {order.number}</h1>
    <p>
      <LocalTime iso={order.createdAt} /> <Badge status={order.status} />{" "}
      <Badge status={order.paymentStatus} />{" "}
      <Badge status={order.fulfillmentStatus} />
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col" class="amount">Quantity</th>
          <th scope="col" class="amount">Amount</th>
        </tr>
      </thead>
      <tbody>
        {order.lines.map((line, index) => (
          <tr key={index}>
            <th scope="row">
              {line.name}
              {line.options.map((option) => <small key={option}>{option}
              </small>)}
            </th>
            <td class="amount">{line.quantity}</td>
            <td class="amount">{line.price}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {order.totals.map(([name, amount]) => (
          <tr key={name}>
            <th scope="row" colSpan={2}>{name}</th>
            <td class="amount">{amount}</td>
          </tr>
        ))}
      </tfoot>
    </table>
    {order.shipTo.length > 0 && (
      <>
        <h2>Goes to</h2>
        <address>
          {order.shipTo.map((line) => <div key={line}>{line}</div>)}
        </address>
      </>
    )}
  </>
));
