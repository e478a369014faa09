import type { Call } from "../call.ts";
import { notFound } from "../http/errors.ts";
import { reply } from "../http/reply.ts";
import { productView } from "./product.ts";

/**
 * `GET /stores-reader/v1/products/{id}`
 *
 * UNDOCUMENTED: the code for a product that does not exist. Here
 * PRODUCT_NOT_FOUND.
 */
export function getProduct({ backend, params }: Call): Response {
  const product = backend.store.catalog.product(params.id ?? "");
  if (!product) {
    throw notFound("PRODUCT_NOT_FOUND", "There is no such product");
  }
  return reply({ product: productView(product) });
}
