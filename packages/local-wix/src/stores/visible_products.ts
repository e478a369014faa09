import type { Call } from "../call.ts";
import type { Category } from "../categories/category.ts";
import { applicationError } from "../http/errors.ts";
import { isElevated } from "../identity/identity.ts";
import type { Catalog } from "./catalog.ts";
import type { CatalogProduct } from "./product.ts";

/** The products that the caller may see: hidden ones are for elevated calls. */
export function visibleProducts({ identity, backend }: Call): CatalogProduct[] {
  return backend.store.catalog.products.filter(({ visible }) =>
    visible || isElevated(identity)
  );
}

/** The categories that the caller may see. */
export function visibleCategories({ identity, backend }: Call): Category[] {
  return backend.store.categories.filter(({ visible }) =>
    visible || isElevated(identity)
  );
}

/** What the views of products are made from. */
export function visibleShop(
  call: Call,
): { readonly catalog: Catalog; readonly categories: readonly Category[] } {
  const { catalog } = call.backend.store;
  return { catalog, categories: visibleCategories(call) };
}

/** Throws unless the caller may read what only the shop's owner knows. */
export function refuseMerchantData({ identity }: Call): void {
  if (isElevated(identity)) return;
  throw applicationError(403, "NO_PERMISSION_TO_READ_MERCHANT_DATA", "");
}
