import type { Catalog } from "../stores/catalog.ts";
import type { CatalogLine, NewLine } from "./catalog_lines.ts";

/** Whose a cart or checkout is. */
export type Buyer =
  | { readonly visitorId: string }
  | { readonly memberId: string; readonly contactId: string };

/** A shopping cart, without what follows from the catalog. */
export interface Cart {
  readonly id: string;
  readonly buyer: Buyer;
  readonly lines: readonly CatalogLine[];
  readonly couponCode?: string;
  readonly buyerNote?: string;
  /** The checkout that was made from this cart. */
  readonly checkoutId?: string;
  readonly createdDate: string;
  readonly updatedDate: string;
}

/**
 * `present` and `added` lines.
 *
 * UNDOCUMENTED: adding what is in the cart already. Here its line gets more.
 *
 * UNDOCUMENTED: adding more than is left, or of what is sold out. Here the
 * quantity stops at what is left, as Wix documents for changing a quantity; a
 * sold-out product stays in the cart as not available.
 */
export function addLines(
  present: readonly CatalogLine[],
  added: readonly NewLine[],
  { catalog, newId }: { catalog: Catalog; newId: () => string },
): CatalogLine[] {
  return added.reduce<CatalogLine[]>(
    (lines, { catalogReference, quantity }) => {
      const wanted = catalog.find(catalogReference);
      const index = lines.findIndex((line) => {
        const item = catalog.find(line.catalogReference);
        return item?.product === wanted?.product &&
          item?.variant === wanted?.variant;
      });
      const found = lines[index];
      if (!found) {
        const line = { id: newId(), catalogReference, quantity };
        return [...lines, inStock(line, catalog)];
      }
      const more = { ...found, quantity: found.quantity + quantity };
      return lines.with(index, inStock(more, catalog));
    },
    [...present],
  );
}

/** `line` with no more than what is left, and never less than one. */
export function inStock(line: CatalogLine, catalog: Catalog): CatalogLine {
  const left = catalog.find(line.catalogReference)?.product.stock ?? null;
  if (left === null) return line;
  return { ...line, quantity: Math.max(1, Math.min(line.quantity, left)) };
}
