import type { Quote, QuotedLine } from "../ecom/quote.ts";
import { shopPrice } from "../ecom/shop_terms.ts";
import { type Html, html } from "../http/html.ts";

/** What is ordered, what it costs, and where that can be changed. */
export function checkoutSummary(
  quote: Quote,
  cartPageUrl: string | undefined,
): Html {
  const rows = [
    ["Subtotal", quote.subtotal],
    [quote.coupon?.name, -quote.discount],
    [quote.shippingOption && "Delivery", quote.shipping],
    ["Tax", quote.tax],
  ] as const;
  return html`
    <section class="summary" aria-labelledby="summary">
      <h2 id="summary">Your order</h2>
      <ul>${quote.lines.map(orderLine)}</ul>
      <dl>
        ${rows.map(([name, minor]) => name && amountRow(name, minor))}
        <div class="total"><dt>Total</dt><dd>${text(quote.total)}</dd></div>
      </dl>
      ${cartPageUrl &&
        html`<p><a href="${cartPageUrl}">Change the cart</a></p>`}
    </section>
  `;
}

function orderLine({ product, variant, quantity, amounts }: QuotedLine): Html {
  const choices = Object.entries(variant?.choices ?? {})
    .map(([name, choice]) => `${name}: ${choice}`)
    .join(", ");
  return html`
    <li>
      <span>${quantity} × ${product.name}
        ${choices && html`<small>${choices}</small>`}</span>
      <span>${text(amounts.beforeDiscount)}</span>
    </li>
  `;
}

function amountRow(name: string, minor: number): Html {
  return html`
    <div>
      <dt>${name}</dt>
      <dd>${text(minor)}</dd>
    </div>
  `;
}

function text(minor: number): string {
  return shopPrice(minor).formattedAmount;
}
