/**
 * Buying once more what an order has.
 *
 * @module
 */
import type { orders } from "@wix/ecom";
import { addToCart, type NewLine, STORES_APP_ID } from "./cart.ts";

/** What has become of the lines of an order. */
export interface OrderedAgain {
  /** Number of pieces in the cart now; `undefined` when none was added. */
  readonly count: number | undefined;
  /** Whether all lines are in the cart. */
  readonly isComplete: boolean;
}

/** Puts the lines of an order into the cart, as far as the shop has them. */
export async function orderAgain(order: orders.Order): Promise<OrderedAgain> {
  const lines = (order.lineItems ?? []).flatMap(toNewLine);
  const isWhole = lines.length === order.lineItems?.length;
  if (lines.length === 0) return { count: undefined, isComplete: false };
  const { count, problem } = await addToCart(lines);
  if (problem === undefined) return { count, isComplete: isWhole };
  // Wix adds all lines or none; these are added one by one.
  let last = count;
  for (const line of count === undefined ? lines : []) {
    const added = await addToCart([line]);
    last = added.count ?? last;
  }
  return { count: last, isComplete: false };
}

/** Only products: no gift cards of other apps, no lines made by hand. */
function toNewLine(
  { catalogReference, quantity = 1 }: orders.OrderLineItem,
): NewLine[] {
  const { appId, catalogItemId, options } = catalogReference ?? {};
  return appId === STORES_APP_ID && catalogItemId
    ? [{
      quantity,
      catalogReference: { appId, catalogItemId, options: options ?? {} },
    }]
    : [];
}
