import * as v from "valibot";
import type { Call, Route } from "../call.ts";
import { applicationError, notFound, type WixError } from "../http/errors.ts";
import { isTrue, textsIn } from "../http/json.ts";
import { readPayload, readQuery } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { validate } from "../http/validate.ts";
import { EVERYONE, isElevated } from "../identity/identity.ts";
import { countMatches, listPage } from "../query/list.ts";
import type { CatalogProduct } from "./product.ts";
import { allowWithCatalog } from "./catalog_version.ts";
import {
  cheapestVariant,
  PRODUCT_FIELDS,
  type ProductField,
  productView,
} from "./product_view_v3.ts";
import { QUERY_RULES, SEARCH_RULES } from "./product_rules_v3.ts";
import {
  refuseMerchantData,
  visibleProducts,
  visibleShop,
} from "./visible_products.ts";

const PRODUCTS = "/stores/v3/products";

/** Products to read, catalog version 3. */
export const PRODUCT_V3_ROUTES: readonly Route[] = allowWithCatalog(
  "v3",
  EVERYONE,
  {
    [`GET ${PRODUCTS}/query`]: queryProducts,
    [`POST ${PRODUCTS}/query`]: queryProducts,
    [`GET ${PRODUCTS}/search`]: searchProducts,
    [`POST ${PRODUCTS}/search`]: searchProducts,
    [`GET ${PRODUCTS}/count`]: countProducts,
    [`POST ${PRODUCTS}/count`]: countProducts,
    [`GET ${PRODUCTS}/slug/{slug}`]: (call) =>
      getProduct(call, ({ slug }) => slug === call.params.slug),
    [`GET ${PRODUCTS}/{productId}`]: (call) =>
      getProduct(call, ({ id }) => id === call.params.productId),
    "GET /stores/v3/all-products-category": ({ backend }) =>
      reply({
        categoryId: backend.store.categories[0]?.id,
        treeReference: { appNamespace: "@wix/stores", treeKey: null },
      }),
  },
);

async function queryProducts(call: Call): Promise<Response> {
  const { query, fields } = await readPayload(call.request);
  const { items, pagingMetadata } = listPage(
    recordsFor(call),
    query,
    QUERY_RULES,
  );
  return reply({ products: listed(call, items, fields), pagingMetadata });
}

async function searchProducts(call: Call): Promise<Response> {
  const { search, fields } = await readPayload(call.request);
  const { items, ...rest } = listPage(recordsFor(call), search, SEARCH_RULES);
  return reply({ products: listed(call, items, fields), ...rest });
}

async function countProducts(call: Call): Promise<Response> {
  const { returnNonVisibleProducts, ...sent } = await readPayload(call.request);
  if (isTrue(returnNonVisibleProducts) && !isElevated(call.identity)) {
    throw applicationError(
      403,
      "NO_PERMISSION_TO_INCLUDE_NOT_VISIBLE_PRODUCTS",
      "",
    );
  }
  return reply({ count: countMatches(recordsFor(call), sent, SEARCH_RULES) });
}

/**
 * UNDOCUMENTED: the code of a missing product, and what a visitor gets for a
 * hidden one. Here both are 404 PRODUCT_NOT_FOUND.
 */
function getProduct(
  call: Call,
  isWanted: (product: CatalogProduct) => boolean,
): Response {
  const fields = readFields(call, readQuery(call.url).fields);
  const product = visibleProducts(call).find(isWanted);
  if (!product) throw noProduct();
  return reply({
    product: productView(product, { ...visibleShop(call), fields }),
  });
}

/** The error for a product that does not exist. */
export function noProduct(): WixError {
  return notFound("PRODUCT_NOT_FOUND", "Product not found");
}

/** No filter looks at formatted prices, which take time to make. */
const FILTERED_FIELDS = PRODUCT_FIELDS.filter((field) => field !== "CURRENCY");

/** Products with all that a filter may look at. */
function recordsFor(call: Call) {
  const options = { ...visibleShop(call), fields: FILTERED_FIELDS };
  return visibleProducts(call).map((product) => {
    const view = productView(product, options);
    const { sku } = cheapestVariant(product);
    return { ...view, product, minVariantPriceInfo: { sku } };
  });
}

function listed(
  call: Call,
  records: readonly { readonly product: CatalogProduct }[],
  sent: unknown,
) {
  const options = {
    ...visibleShop(call),
    fields: readFields(call, sent),
    isListed: true,
  };
  return records.map(({ product }) => productView(product, options));
}

/** The `fields` of a request; throws when the caller may not read one. */
export function readFields(call: Call, sent: unknown): ProductField[] {
  const fields = validate(
    v.array(v.picklist(PRODUCT_FIELDS)),
    textsIn(sent),
    "fields",
  );
  if (fields.includes("MERCHANT_DATA")) refuseMerchantData(call);
  return fields;
}
