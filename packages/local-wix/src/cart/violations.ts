import { couponProblem } from "../shop/offers.ts";
import { type Cart, isShipped } from "./cart.ts";
import { calculateSubtotal, type Quote } from "./quote.ts";

/** Why a cart cannot be ordered, for the reader of its summary. */
export function findViolations(
  cart: Cart,
  costs: Quote,
  validations: "none" | "before checkout" | "checkout",
) {
  if (validations === "none") return [];
  const { lines, enteredCoupon: coupon } = costs;
  const short = cart.lines.filter(({ id, quantity }) =>
    lines.find((line) => line.id === id)?.confirmed !== quantity
  );
  const problem = coupon && couponProblem(coupon, calculateSubtotal(lines));
  const isDelivered = validations === "checkout" && lines.some(isShipped);
  return [
    ...(cart.lines.length === 0
      ? [violation("GLOBAL", "EMPTY_CART", "The cart is empty")]
      : []),
    ...(short.length > 0
      ? [{
        ...violation("LINE_ITEM", "LINE_ITEMS_OUT_OF_STOCK", "Sold out"),
        lineItemsOutOfStockData: {
          lineItemIds: short.map(({ id }) => id),
          allLineItemsOutOfStock: short.length === cart.lines.length,
        },
      }]
      : []),
    ...(problem
      ? [{
        ...violation(
          "DISCOUNT",
          "INVALID_COUPON_STATUS",
          "The coupon does not apply",
        ),
        invalidCouponStatusData: problem,
      }]
      : []),
    ...(isDelivered && !cart.recipient.country
      ? [violation("DELIVERY", "MISSING_DELIVERY_ADDRESS", "No address")]
      : []),
    ...(isDelivered && !cart.shippingCode
      ? [violation("DELIVERY", "MISSING_DELIVERY_METHOD", "No method")]
      : []),
  ];
}

function violation<S extends string, C extends string>(
  scope: S,
  code: C,
  description: string,
) {
  return { scope, code, description, severity: "ERROR" } as const;
}
