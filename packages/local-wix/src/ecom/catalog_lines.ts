import {
  applicationError,
  invalidField,
  notImplemented,
} from "../http/errors.ts";
import { isRecord, type JsonObject, textOf } from "../http/json.ts";
import { integerIn, objectIn, textIn } from "../http/parse.ts";
import type {
  Catalog,
  CatalogItem,
  CatalogReference,
} from "../stores/catalog.ts";

const QUANTITY = { min: 1, max: 100_000, otherwise: 1 };
const MAX_LINES = 300;

/** A product and how many of it: what carts and checkouts remember. */
export interface CatalogLine {
  readonly id: string;
  readonly catalogReference: CatalogReference;
  readonly quantity: number;
}

/** A line that is not in a cart yet. */
export type NewLine = Omit<CatalogLine, "id">;

/**
 * The `lineItems` of a request, each of which the shop has.
 *
 * UNDOCUMENTED: adding an item that the catalog lacks, or a product with
 * options without a choice. Here both are 404 ITEM_NOT_FOUND_IN_CATALOG.
 */
export function readLines(body: JsonObject, catalog: Catalog): NewLine[] {
  const { lineItems = [], customLineItems = [] } = body;
  if (!Array.isArray(lineItems)) {
    throw invalidField("lineItems", "lineItems must be a list");
  }
  if (Array.isArray(customLineItems) && customLineItems.length > 0) {
    throw notImplemented("POST", "carts", "custom line items");
  }
  if (lineItems.length > MAX_LINES) {
    const text = `lineItems takes at most ${MAX_LINES} items`;
    throw invalidField("lineItems", text, "MAX_SIZE", { threshold: MAX_LINES });
  }
  return lineItems.map((item, index) => {
    const field = `lineItems[${index}]`;
    const { catalogReference, quantity } = objectIn(item, field);
    const line = {
      catalogReference: readReference(catalogReference, field),
      quantity: readQuantity(quantity, `${field}.quantity`),
    };
    if (catalog.find(line.catalogReference)) return line;
    throw applicationError(
      404,
      "ITEM_NOT_FOUND_IN_CATALOG",
      `The catalog has no item for ${field}, or it needs a variant`,
    );
  });
}

/** The quantity in `value`: 1 to 100000, and 1 when there is none. */
export function readQuantity(value: unknown, field: string): number {
  return integerIn(value, field, QUANTITY);
}

function readReference(value: unknown, line: string): CatalogReference {
  const field = `${line}.catalogReference`;
  const reference = objectIn(value, field);
  const required = (name: string) => {
    const text = textIn(reference[name]);
    if (text) return text;
    const description = `${name} must not be empty`;
    throw invalidField(`${field}.${name}`, description, "REQUIRED_FIELD");
  };
  const { variantId, options } = objectIn(
    reference.options,
    `${field}.options`,
  );
  const variant = textIn(variantId);
  return {
    catalogItemId: required("catalogItemId"),
    appId: required("appId"),
    ...(variant
      ? { options: { variantId: variant } }
      : isRecord(options) && { options: { options: choices(options) } }),
  };
}

function choices(options: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, textOf(value)]),
  );
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
