import type {
  Amount,
  OrderLine,
  ProductOption,
} from "@/lib/orders/order_views.ts";
import { Thumbnail } from "./Thumbnail.tsx";

interface OrderLinesProps {
  lines: readonly OrderLine[];
  totals: readonly Amount[];
}

/** The items of an order, and its totals. */
export function OrderLines({ lines, totals }: OrderLinesProps) {
  return (
    <table class="lines">
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col" class="amount">Quantity</th>
          <th scope="col" class="amount">Price</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <th scope="row">
              <div class="product">
                <Thumbnail image={line.image} />
                <div>
                  {line.name}
                  {line.options.map((option) => (
                    <Option key={option.name} option={option} />
                  ))}
                </div>
              </div>
            </th>
            <td class="amount">
              {line.quantity}
              {line.refundedQuantity > 0 && (
                <small>{line.refundedQuantity} refunded</small>
              )}
            </td>
            <td class="amount">{line.price}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {totals.map(([name, amount]) => (
          <tr key={name}>
            <th scope="row" colSpan={2}>{name}</th>
            <td class="amount">{amount}</td>
          </tr>
        ))}
      </tfoot>
    </table>
  );
}

/** A choice of an ordered product, such as its size. */
export function Option(
  { option: { name, value, color } }: { option: ProductOption },
) {
  return (
    <small>
      {name}: {color && <Swatch color={color} />}
      <bdi>{value}</bdi>
    </small>
  );
}

/** A dot in a color. SVG: the Content Security Policy blocks style attributes. */
export function Swatch({ color }: { color: string }) {
  return (
    <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
      <circle cx="5" cy="5" r="4.5" fill={color} stroke="currentColor" />
    </svg>
  );
}
