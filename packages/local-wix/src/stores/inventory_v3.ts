import * as v from "valibot";
import type { Call, Route } from "../call.ts";
import { directCategories } from "../categories/category.ts";
import { notFound } from "../http/errors.ts";
import { guid } from "../ids.ts";
import { readJson, readPayload } from "../http/request.ts";
import { reply, writeReply } from "../http/response.ts";
import {
  refuseFields,
  requiredText,
  requireRevision,
  validate,
} from "../http/validate.ts";
import { ELEVATED, EVERYONE } from "../identity/identity.ts";
import { comparable } from "../query/filter.ts";
import { countMatches, listPage, type ListRules } from "../query/list.ts";
import type { CatalogProduct, CatalogVariant } from "./product.ts";
import { emitStock } from "../webhooks/events.ts";
import { allowWithCatalog } from "./catalog_version.ts";
import { visibleProducts } from "./visible_products.ts";

const ITEMS = "/stores/v3/inventory-items";

/**
 * How much there is of each variant.
 *
 * UNDOCUMENTED: whether visitors and members may read it. Here they may, of
 * visible products: Wix's own storefront components do.
 */
export const INVENTORY_V3_ROUTES: readonly Route[] = [
  ...allowWithCatalog("v3", EVERYONE, {
    [`GET ${ITEMS}/query`]: queryItems,
    [`POST ${ITEMS}/query`]: queryItems,
    [`GET ${ITEMS}/search`]: searchItems,
    [`POST ${ITEMS}/search`]: searchItems,
    [`GET ${ITEMS}/count`]: countItems,
    [`POST ${ITEMS}/count`]: countItems,
    [`GET ${ITEMS}/{id}`]: (call) =>
      reply({ inventoryItem: itemView(call, itemInPath(call)) }),
  }),
  ...allowWithCatalog("v3", ELEVATED, { [`PATCH ${ITEMS}/{id}`]: updateItem }),
];

const SORTED = [
  "createdDate",
  "updatedDate",
  "availabilityStatus",
  "inStock",
  "preorderInfo.enabled",
  "product.brand.id",
  "product.name",
  "product.variantBarcode",
  "product.variantName",
  "product.variantSku",
  "productId",
  "quantity",
  "trackQuantity",
];

/** The SDK's `InventoryItemQuerySpec`, in the field names of the REST API. */
const QUERY_RULES: ListRules = {
  filter: {
    ...comparable("id", "locationId", "variantId", ...SORTED),
    "product.directCategoryIds": ["$hasAll", "$hasSome"],
  },
  sort: ["product.directCategoryIds", ...SORTED],
  sizes: { max: 1000, otherwise: 100 },
};

/** The SDK's `InventoryItemSearchSpec`. */
const SEARCH_RULES: ListRules = {
  ...QUERY_RULES,
  searchable: {
    "product.name": "product.name",
    "product.variantBarcode": "product.variantBarcode",
    "product.variantName": "product.variantName",
    "product.variantSku": "product.variantSku",
  },
  aggregatable: [
    "id",
    "locationId",
    "variantId",
    "product.directCategoryIds",
    ...SORTED,
  ],
};

interface Item {
  readonly product: CatalogProduct;
  readonly variant: CatalogVariant;
}

async function queryItems(call: Call): Promise<Response> {
  const { query } = await readPayload(call.request);
  const { items, pagingMetadata } = listPage(itemsOf(call), query, QUERY_RULES);
  return reply({ inventoryItems: items, pagingMetadata });
}

async function searchItems(call: Call): Promise<Response> {
  const { search } = await readPayload(call.request);
  const { items, ...rest } = listPage(itemsOf(call), search, SEARCH_RULES);
  return reply({ inventoryItems: items, ...rest });
}

async function countItems(call: Call): Promise<Response> {
  const sent = await readPayload(call.request);
  return reply({ count: countMatches(itemsOf(call), sent, SEARCH_RULES) });
}

const QUANTITY = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(-99_999),
  v.maxValue(99_999),
);

const CHANGES = v.strictObject({
  id: v.optional(v.string()),
  revision: requiredText,
  trackQuantity: v.exactOptional(v.boolean()),
  quantity: v.exactOptional(QUANTITY),
  inStock: v.exactOptional(v.boolean()),
});

async function updateItem(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  refuseFields(body, "reason");
  const item = itemInPath(call);
  const { id: _id, revision, ...changes } = validate(
    CHANGES,
    body.inventoryItem,
    "inventoryItem",
  );
  const { catalog } = call.backend.store;
  const before = catalog.level(item.variant);
  requireRevision(revision, before.revision);
  const { isoNow: updatedDate } = call.backend;
  catalog.setLevel(item.variant, {
    // A quantity, or a word on whether there is some, decides how it is kept.
    ...(changes.inStock !== undefined && { trackQuantity: false }),
    ...(changes.quantity !== undefined && { trackQuantity: true }),
    ...changes,
    updatedDate,
  });
  const inventoryItem = itemView(call, item);
  emitStock(call, inventoryItem, before.inStock);
  return writeReply({ inventoryItem });
}

function allItems(call: Call): Item[] {
  return visibleProducts(call).flatMap((product) =>
    product.variants.map((variant) => ({ product, variant }))
  );
}

function itemsOf(call: Call) {
  return allItems(call).map((item) => itemView(call, item));
}

/** UNDOCUMENTED: the code of a missing item. Here INVENTORY_ITEM_NOT_FOUND. */
function itemInPath(call: Call): Item {
  const { id } = call.params;
  const item = allItems(call).find(({ variant }) =>
    variant.inventoryItemId === id
  );
  if (item) return item;
  throw notFound("INVENTORY_ITEM_NOT_FOUND", "Inventory item not found");
}

/** A variant's stock, as the API shows it. */
export function itemView(
  { backend: { store } }: Call,
  { product, variant }: Item,
) {
  const level = store.catalog.level(variant);
  const { trackQuantity, quantity, inStock } = level;
  const variantName = product.options.map(({ name }) => variant.choices[name]);
  return {
    id: variant.inventoryItemId,
    revision: String(level.revision),
    createdDate: product.createdDate,
    updatedDate: level.updatedDate || product.lastUpdated,
    variantId: variant.id,
    productId: product.id,
    locationId: guid("location", 1),
    trackQuantity,
    ...(trackQuantity ? { quantity } : { inStock }),
    availabilityStatus: inStock ? "IN_STOCK" : "OUT_OF_STOCK",
    preorderInfo: { enabled: false, counter: 0 },
    product: {
      name: product.name,
      variantName: variantName.join(" / "),
      variantSku: variant.sku,
      variantVisible: true,
      directCategoryIds: directCategories(product.id, store.categories)
        .map(({ id }) => id),
    },
  } as const;
}
