import type { Call, Route } from "../call.ts";
import { readJson } from "../http/request.ts";
import { writeReply } from "../http/response.ts";
import {
  refuseFields,
  requiredText,
  requireRevision,
  validate,
} from "../http/validate.ts";
import { ELEVATED } from "../identity/identity.ts";
import { emit } from "../webhooks/events.ts";
import { changedProduct, newProduct } from "./build_product_v3.ts";
import { allowWithCatalog } from "./catalog_version.ts";
import { itemView } from "./inventory_v3.ts";
import type { CatalogProduct } from "./product.ts";
import {
  PRODUCT_FIELDS,
  type ProductField,
  productView,
} from "./product_view_v3.ts";
import { noProduct, readFields } from "./products_v3.ts";
import { readProduct } from "./sent_product_v3.ts";
import { visibleShop } from "./visible_products.ts";

const PRODUCTS = "/stores/v3/products";

/** Creating, changing and deleting products, catalog version 3. */
export const WRITE_PRODUCT_V3_ROUTES: readonly Route[] = allowWithCatalog(
  "v3",
  ELEVATED,
  {
    [`POST ${PRODUCTS}`]: createProduct,
    "POST /stores/v3/products-with-inventory": createWithInventory,
    [`PATCH ${PRODUCTS}/{productId}`]: updateProduct,
    [`DELETE ${PRODUCTS}/{productId}`]: deleteProduct,
  },
);

async function createProduct(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const fields = readFields(call, body.fields);
  const product = write(call, newProduct(call, body.product), "created");
  return productReply(call, product, fields);
}

/**
 * UNDOCUMENTED: the stock of a product that is created without inventory.
 * Here none: its inventory items are out of stock.
 */
async function createWithInventory(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  refuseFields(body, "returnEntity");
  const fields = readFields(call, body.fields);
  const made = newProduct(call, body.product, { withInventory: true });
  const product = write(call, made, "created");
  const results = product.variants.map((variant, originalIndex) => {
    const item = itemView(call, { product, variant });
    emit(call, "wix.stores.catalog.v3.inventory_item_created", item);
    return { itemMetadata: { id: item.id, originalIndex, success: true } };
  });
  const bulkActionMetadata = {
    totalSuccesses: results.length,
    totalFailures: 0,
    undetailedFailures: 0,
  };
  const inventoryResults = { results, bulkActionMetadata };
  return productReply(call, product, fields, { inventoryResults });
}

/** What is sent replaces what is there; options and variants go together. */
async function updateProduct(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const fields = readFields(call, body.fields);
  const present = productInPath(call);
  const sent = readProduct(body.product);
  const revision = validate(requiredText, sent.revision, "product.revision");
  requireRevision(revision, present.revision);
  const product = write(call, changedProduct(call, present, sent), "updated");
  return productReply(call, product, fields);
}

function deleteProduct(call: Call): Response {
  const product = productInPath(call);
  call.backend.store.catalog.remove(product.id);
  emitProduct(call, product, "deleted");
  return writeReply({});
}

function productInPath({ backend, params }: Call): CatalogProduct {
  const product = backend.store.catalog.product(params.productId ?? "");
  if (product) return product;
  throw noProduct();
}

function write(
  call: Call,
  product: CatalogProduct,
  slug: "created" | "updated",
): CatalogProduct {
  call.backend.store.catalog.put(product);
  emitProduct(call, product, slug);
  return product;
}

function emitProduct(
  call: Call,
  product: CatalogProduct,
  slug: "created" | "updated" | "deleted",
): void {
  const options = { ...visibleShop(call), fields: PRODUCT_FIELDS };
  const entity = productView(product, options);
  emit(call, `wix.stores.catalog.v3.product_${slug}`, entity);
}

function productReply(
  call: Call,
  product: CatalogProduct,
  fields: readonly ProductField[],
  more?: object,
): Response {
  const view = productView(product, { ...visibleShop(call), fields });
  return writeReply({ product: view, ...more });
}
