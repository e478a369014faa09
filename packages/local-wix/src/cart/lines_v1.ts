import * as v from "valibot";
import type { Backend } from "../backend.ts";
import { invalidField, notFound } from "../http/errors.ts";
import type { JsonObject } from "../http/json.ts";
import { refuseFields, validate } from "../http/validate.ts";
import type { Catalog } from "../stores/catalog.ts";
import { addLines, type CatalogLine, findItem, type NewLine } from "./cart.ts";
import { CATALOG_REFERENCE, QUANTITY } from "./catalog_reference.ts";

const LINES = v.object({
  lineItems: v.optional(
    v.pipe(
      v.array(v.pipe(
        v.looseObject({
          quantity: QUANTITY,
          catalogReference: CATALOG_REFERENCE,
        }),
        v.transform(({ quantity, catalogReference, ...more }) => {
          refuseFields(
            more,
            "catalogOverrideFields",
            "extendedFields",
            "selectedMembership",
            "taxableAddress",
          );
          return { quantity, catalogReference };
        }),
      )),
      v.maxLength(300),
    ),
    [],
  ),
});

/**
 * The `lineItems` of a request, each of which the shop has.
 *
 * UNDOCUMENTED: adding an item that the catalog lacks, or a product with
 * options without a choice. Here both are 404 ITEM_NOT_FOUND_IN_CATALOG, except
 * that a site with Catalog V3 wants the id of a variant and leaves a line
 * without it out of a 200, as Wix's recipes report.
 */
export function readLines(
  body: JsonObject,
  { store: { catalog }, settings }: Backend,
): NewLine[] {
  refuseFields(body, "customLineItems", "businessLocationId");
  const { lineItems } = validate(LINES, body);
  const isV1 = settings.values.catalog === "v1";
  return lineItems.filter(({ catalogReference }, index) => {
    const isKnown = catalog.findProduct(catalogReference);
    if (!isV1 && isKnown && !catalog.namesVariant(catalogReference)) {
      return false;
    }
    if (catalog.find(catalogReference)) return true;
    const text =
      `The catalog has no item for lineItems[${index}], or it needs a variant`;
    throw notFound("ITEM_NOT_FOUND_IN_CATALOG", text);
  });
}

/** The lines of a request that needs some. */
export function requireLines(body: JsonObject, backend: Backend): NewLine[] {
  const lines = readLines(body, backend);
  if (Array.isArray(body.lineItems) && body.lineItems.length > 0) return lines;
  const text = "lineItems must not be empty";
  throw invalidField("lineItems", text, "REQUIRED_FIELD");
}

/**
 * `present` and `added` lines.
 *
 * UNDOCUMENTED: adding an item that is already in the cart. Here its quantity
 * increases.
 *
 * UNDOCUMENTED: adding more than is in stock, or a sold-out product. Here the
 * quantity stops at the stock, as Wix documents for changing a quantity; a
 * sold-out product stays in the cart as not available.
 */
export function addWhatIsLeft(
  present: readonly CatalogLine[],
  added: readonly NewLine[],
  shop: { readonly catalog: Catalog; readonly newId: () => string },
): CatalogLine[] {
  return addLines(present, added, shop).map((line) =>
    present.includes(line) ? line : inStock(line, shop.catalog)
  );
}

/** `line` with no more than what is left, and never less than one. */
export function inStock(line: CatalogLine, catalog: Catalog): CatalogLine {
  const left = findItem(line, catalog)?.left ?? null;
  if (left === null) return line;
  return { ...line, quantity: Math.max(1, Math.min(line.quantity, left)) };
}
