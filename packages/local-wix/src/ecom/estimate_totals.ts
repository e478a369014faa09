import type { Call } from "../call.ts";
import { objectIn, textIn } from "../http/parse.ts";
import { reply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { requireCart } from "./carts.ts";
import { cartView } from "./cart_view.ts";
import { quote } from "./quote.ts";
import { lineCosts, quoteView } from "./quote_view.ts";
import { SHOP_TERMS, shopPrice } from "./shop_terms.ts";

/** `POST /ecom/v1/carts/current/estimate-totals` */
export async function estimateCurrentCartTotals(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const cart = requireCart(call);
  const { country } = {
    ...objectIn(body.billingAddress, "billingAddress"),
    ...objectIn(body.shippingAddress, "shippingAddress"),
  };
  const { code } = objectIn(
    body.selectedShippingOption,
    "selectedShippingOption",
  );
  const estimate = quote(cart.lines, call.backend.store.catalog, {
    couponCode: cart.couponCode,
    country: textIn(country),
    shippingCode: textIn(code),
    withTax: body.calculateTax !== false,
    withShipping: body.calculateShipping !== false,
  });
  return reply({
    cart: cartView(cart, estimate.lines),
    calculatedLineItems: estimate.lines.map((line) => ({
      lineItemId: line.id,
      pricesBreakdown: {
        ...lineCosts(line, estimate.taxPerMille),
        price: shopPrice(line.product.unitPrice),
        priceBeforeDiscounts: shopPrice(line.product.unitPrice),
        fullPrice: shopPrice(line.product.unitPrice),
        lineItemPrice: shopPrice(line.amounts.beforeDiscount),
      },
      paymentOption: "FULL_PAYMENT_ONLINE",
    })),
    ...quoteView(estimate),
    weightUnit: SHOP_TERMS.weightUnit,
    currency: SHOP_TERMS.currency,
  });
}
