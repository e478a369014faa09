import * as v from "valibot";
import {
  applicationError,
  invalidField,
  notImplemented,
} from "../http/errors.ts";
import type { JsonObject } from "../http/json.ts";
import {
  integer,
  optionalText,
  requiredText,
  type Schema,
  validate,
} from "../http/validate.ts";
import type { NewId } from "../ids.ts";
import type {
  Catalog,
  CatalogItem,
  CatalogReference,
} from "../stores/catalog.ts";

/** The owner of a cart or checkout. */
export type Buyer =
  | { readonly visitorId: string }
  | { readonly memberId: string; readonly contactId: string };

/** A product and how many of it: what carts and checkouts remember. */
export interface CatalogLine {
  readonly id: string;
  readonly catalogReference: CatalogReference;
  readonly quantity: number;
}

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

/** A line and what its reference means. */
export interface ResolvedLine extends CatalogLine, CatalogItem {}

/** `lines` with their products; those that the shop no longer has drop out. */
export function resolveLines(
  lines: readonly CatalogLine[],
  catalog: Catalog,
): ResolvedLine[] {
  return lines.flatMap((line) => {
    const item = catalog.find(line.catalogReference);
    return item ? [{ ...line, ...item }] : [];
  });
}

/** Whether a line is sent in a parcel. */
export function isShipped({ product }: CatalogItem): boolean {
  return product.kind === "PHYSICAL";
}

/** A line that is not in a cart yet. */
export type NewLine = Omit<CatalogLine, "id">;

/** A quantity: 1 to 100000, and 1 when absent. */
export const QUANTITY: Schema<number> = integer(1, 100_000, 1);

const LINES = v.object({
  lineItems: v.optional(
    v.pipe(
      v.array(v.object({
        quantity: QUANTITY,
        catalogReference: v.object({
          catalogItemId: requiredText,
          appId: requiredText,
          options: v.nullish(
            v.object({
              variantId: optionalText,
              options: v.fallback(
                v.optional(
                  v.record(v.string(), v.pipe(v.unknown(), v.toString())),
                ),
                undefined,
              ),
            }),
            {},
          ),
        }),
      })),
      v.maxLength(300),
    ),
    [],
  ),
  customLineItems: v.optional(v.array(v.unknown()), []),
});

/**
 * The `lineItems` of a request, each of which the shop has.
 *
 * UNDOCUMENTED: adding an item that the catalog lacks, or a product with
 * options without a choice. Here both are 404 ITEM_NOT_FOUND_IN_CATALOG.
 */
export function readLines(body: JsonObject, catalog: Catalog): NewLine[] {
  const { lineItems, customLineItems } = validate(LINES, body);
  if (customLineItems.length > 0) {
    throw notImplemented("POST", "carts", "custom line items");
  }
  return lineItems.map(({ catalogReference, quantity }, index) => {
    const { options: { variantId, options }, ...reference } = catalogReference;
    const line = {
      quantity,
      catalogReference: {
        ...reference,
        ...(variantId
          ? { options: { variantId } }
          : options && { options: { options } }),
      },
    };
    if (catalog.find(line.catalogReference)) return line;
    const text =
      `The catalog has no item for lineItems[${index}], or it needs a variant`;
    throw applicationError(404, "ITEM_NOT_FOUND_IN_CATALOG", text);
  });
}

/** The lines of a request that needs some. */
export function requireLines(body: JsonObject, catalog: Catalog): NewLine[] {
  const lines = readLines(body, catalog);
  if (lines.length > 0) return lines;
  const text = "lineItems must not be empty";
  throw invalidField("lineItems", text, "REQUIRED_FIELD");
}

/**
 * `present` and `added` lines.
 *
 * UNDOCUMENTED: adding an item that is in the cart already. Here its line gets
 * more.
 *
 * UNDOCUMENTED: adding more than is left, or of what is sold out. Here the
 * quantity stops at what is left, as Wix documents for changing a quantity; a
 * sold-out product stays in the cart as not available.
 */
export function addLines(
  present: readonly CatalogLine[],
  added: readonly NewLine[],
  { catalog, newId }: { readonly catalog: Catalog; readonly newId: NewId },
): CatalogLine[] {
  const lines = [...present];
  for (const { catalogReference, quantity } of added) {
    const wanted = catalog.find(catalogReference);
    const index = lines.findIndex((line) => {
      const item = catalog.find(line.catalogReference);
      return item?.product === wanted?.product &&
        item?.variant === wanted?.variant;
    });
    const found = lines[index];
    if (found) {
      const more = { ...found, quantity: found.quantity + quantity };
      lines[index] = inStock(more, catalog);
    } else {
      lines.push(inStock({ id: newId(), catalogReference, quantity }, catalog));
    }
  }
  return lines;
}

/** `line` with no more than what is left, and never less than one. */
export function inStock(line: CatalogLine, catalog: Catalog): CatalogLine {
  const left = catalog.find(line.catalogReference)?.product.stock ?? null;
  if (left === null) return line;
  return { ...line, quantity: Math.max(1, Math.min(line.quantity, left)) };
}
