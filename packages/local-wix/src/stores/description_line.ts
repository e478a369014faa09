import type { DescriptionLine } from "../ecom/order.ts";
import type { Choice, ProductOption } from "../seed/products.ts";

/** A chosen option, as carts and orders show it. */
export function descriptionLine(
  { name, type }: ProductOption,
  { description, value }: Choice,
): DescriptionLine {
  if (type === "color") {
    return {
      name: { original: name },
      colorInfo: { original: description, code: value },
      lineType: "COLOR",
    };
  }
  return {
    name: { original: name },
    plainText: { original: description },
    lineType: "PLAIN_TEXT",
  };
}
