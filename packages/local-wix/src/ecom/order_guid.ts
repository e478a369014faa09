import { guid } from "../seed/guid.ts";
import type { Order } from "./order.ts";

/** The `index`th id of something that follows from `order`. */
export function orderGuid(
  kind: Parameters<typeof guid>[0],
  { number }: Order,
  index: number,
): string {
  return guid(kind, Number(number) * 10 + index);
}
