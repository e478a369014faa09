import * as v from "valibot";
import { applicationError, notFound } from "../http/errors.ts";
import { carriedObject, validate } from "../http/validate.ts";
import type { Catalog } from "../stores/catalog.ts";
import {
  addLines,
  type Cart,
  type CatalogLine,
  findItem,
  type NewLine,
} from "./cart.ts";
import { CATALOG_REFERENCE, QUANTITY } from "./catalog_reference.ts";

const MAX_LINES = 300;

const ITEMS = v.optional(
  v.pipe(
    v.array(carriedObject({
      catalogReference: CATALOG_REFERENCE,
      quantity: QUANTITY,
    })),
    v.maxLength(MAX_LINES),
  ),
  [],
);

/**
 * The `catalogItems` of a request, each of which the shop has.
 *
 * UNDOCUMENTED: a product with options without a `variantId`, in Cart V2. Here,
 * as an unknown item, it is 404 ITEM_NOT_FOUND_IN_CATALOG.
 */
export function readItems(sent: unknown, catalog: Catalog): NewLine[] {
  const items = validate(ITEMS, sent, "catalogItems");
  const invalidItems = items.map(({ catalogReference }) => catalogReference)
    .filter((reference) =>
      !catalog.find(reference) || !catalog.namesVariant(reference)
    )
    .map((catalogReference) => ({ catalogReference }));
  if (invalidItems.length === 0) return items;
  const text = "An item is not in the catalog, or needs a variant";
  throw notFound("ITEM_NOT_FOUND_IN_CATALOG", text, { invalidItems });
}

/**
 * `cart` with `added` lines. Throws when there are too many.
 *
 * UNDOCUMENTED: adding an item that is already in the cart. Here its quantity increases.
 */
export function withItems(
  cart: Cart,
  added: readonly NewLine[],
  shop: { readonly catalog: Catalog; readonly newId: () => string },
): Cart {
  const lines = addLines(cart.lines, added, shop);
  if (lines.length > MAX_LINES) {
    throw applicationError(
      428,
      "MAX_LINE_ITEMS_EXCEEDED",
      `A cart has at most ${MAX_LINES} lines`,
      { requestCount: lines.length, maxCount: MAX_LINES },
    );
  }
  const changed = lines.filter((line) => !cart.lines.includes(line));
  requireStock(changed, shop.catalog, ({ catalogReference }) => ({
    catalogReference,
  }));
  return { ...cart, lines };
}

const UPDATES = v.optional(
  v.pipe(
    v.array(carriedObject({
      lineItemId: v.string(),
      quantity: v.optional(
        v.object({
          newQuantity: v.pipe(
            v.number(),
            v.integer(),
            v.minValue(1),
            v.maxValue(100_000),
          ),
        }),
      ),
    })),
    v.maxLength(MAX_LINES),
  ),
  [],
);

/** `cart` with the quantities in a request. */
export function withQuantities(
  cart: Cart,
  sent: unknown,
  catalog: Catalog,
): Cart {
  const updates = validate(UPDATES, sent, "lineItems");
  const empty = updates.filter(({ quantity }) => !quantity);
  const ids = updates.map(({ lineItemId }) => lineItemId);
  if (updates.length === 0 || empty.length > 0) {
    throw applicationError(
      400,
      "EMPTY_LINE_ITEM_UPDATES",
      "Nothing to update",
      { lineItemIds: empty.map(({ lineItemId }) => lineItemId) },
    );
  }
  const duplicateLineItemIds = ids.filter((id, i) => ids.indexOf(id) !== i);
  if (duplicateLineItemIds.length > 0) {
    throw applicationError(
      400,
      "DUPLICATE_LINE_ITEM_UPDATES",
      "A line is updated twice",
      { duplicateLineItemIds },
    );
  }
  requireLines(cart, ids);
  const quantities = new Map(
    updates.map(({ lineItemId, quantity }) => [
      lineItemId,
      quantity?.newQuantity,
    ]),
  );
  const lines = cart.lines.map((line) => {
    const quantity = quantities.get(line.id);
    return quantity === undefined ? line : { ...line, quantity };
  });
  const changed = lines.filter((line) => !cart.lines.includes(line));
  requireStock(changed, catalog, ({ id }) => ({ lineItemId: id }));
  return { ...cart, lines };
}

/** `cart` without the lines in a request. */
export function withoutLines(cart: Cart, sent: unknown): Cart {
  const ids = validate(v.array(v.string()), sent, "lineItemIds");
  requireLines(cart, ids);
  const lines = cart.lines.filter(({ id }) => !ids.includes(id));
  return { ...cart, lines };
}

function requireLines(cart: Cart, ids: readonly string[]): void {
  const lineItemIds = ids.filter((id) =>
    !cart.lines.some((line) => line.id === id)
  );
  if (lineItemIds.length === 0) return;
  throw notFound(
    "LINE_ITEM_NOT_FOUND_IN_CART",
    "A line is not in the cart",
    { lineItemIds },
  );
}

/** Throws when there is less of a line than it wants. */
function requireStock(
  lines: readonly CatalogLine[],
  catalog: Catalog,
  name: (line: CatalogLine) => object,
): void {
  const invalidItems = lines.flatMap((line) => {
    const left = findItem(line, catalog)?.left ?? null;
    if (left === null || line.quantity <= left) return [];
    return [{
      id: name(line),
      requestedQuantity: line.quantity,
      availableQuantity: left,
    }];
  });
  if (invalidItems.length === 0) return;
  const text = "Not enough items in stock";
  const data = { invalidItems };
  throw applicationError(428, "INSUFFICIENT_INVENTORY", text, data);
}
