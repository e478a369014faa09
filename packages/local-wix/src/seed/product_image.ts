import type { LineItem } from "../ecom/order.ts";
import type { Product } from "./products.ts";

/** The picture of a product, if it has one. */
export function productImage(
  { code, name, hasImage }: Product,
): LineItem["image"] {
  if (!hasImage) return undefined;
  const filename = `${code.toLowerCase()}.jpg`;
  const id = `juniper_${filename.replace(".", "~mv2.")}`;
  return {
    id,
    url: `https://static.wixstatic.com/media/${id}`,
    height: 1200,
    width: 1200,
    altText: name,
    filename,
  };
}
