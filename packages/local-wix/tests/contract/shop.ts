import { guid } from "../../src/mod.ts";
import { STORES_APP_ID } from "../../src/stores/catalog.ts";

/** Products of the demo shop, as carts refer to them. */
export const MUG = line(1, { variantId: guid("variant", 1) });
export const CANDLE = line(4);
export const PAN_OF_3 = line(7, { variantId: guid("variant", 7) });
export const GIFT_CARD = line(10);
export const BASKET_SOLD_OUT = line(12, { variantId: guid("variant", 12) });

/** `quantity` pieces of a product, in the shape of `lineItems`. */
export function pieces(item: ReturnType<typeof line>, quantity: number) {
  return { ...item, quantity };
}

function line(productNumber: number, options?: { variantId: string }) {
  const reference = {
    appId: STORES_APP_ID,
    catalogItemId: guid("product", productNumber),
  };
  return {
    catalogReference: options ? { ...reference, options } : reference,
    quantity: 1,
  };
}
