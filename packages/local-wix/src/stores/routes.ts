import { allow, type Call, type Route } from "../call.ts";
import { notFound } from "../http/errors.ts";
import { readPayload } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { objectIn } from "../http/validate.ts";
import { EVERYONE } from "../identity/identity.ts";
import { compileFilter, type FilterFields } from "../query/filter.ts";
import { offsetPage } from "../query/paging.ts";
import { readSort, sortBy } from "../query/sort.ts";
import { productView } from "./product_view.ts";

const READER = "/stores-reader/v1/products";

/** The catalog, version 1. */
export const STORES_ROUTES: readonly Route[] = allow(EVERYONE, {
  [`GET ${READER}/query-platformized`]: queryProducts,
  [`POST ${READER}/query-platformized`]: queryProducts,
  [`GET ${READER}/{id}`]: getProduct,
  "GET /stores/v3/provision/version": () =>
    reply({ catalogVersion: "V1_CATALOG" }),
});

const FILTER_FIELDS: FilterFields = {
  id: "*",
  name: "*",
  slug: "*",
  productType: "*",
  description: "*",
  sku: "*",
  "priceData.price": "*",
  numericId: "*",
  collectionIds: ["$hasSome", "$hasAll", "$exists"],
  lastUpdated: "*",
  createdDate: "*",
};

const SORT_RULES = {
  max: 4,
  fields: [
    "id",
    "name",
    "slug",
    "productType",
    "sku",
    "price",
    "priceData.price",
    "numericId",
    "lastUpdated",
  ],
};

const PAGE_SIZES = { max: 100, otherwise: 50 };

/**
 * UNDOCUMENTED: the order of products without a sort. Here as they were
 * created.
 */
async function queryProducts({ request, backend }: Call): Promise<Response> {
  const query = objectIn((await readPayload(request)).query, "query");
  const matches = compileFilter(query.filter, FILTER_FIELDS);
  const steps = readSort(query.sort, SORT_RULES).map((step) =>
    step.fieldName === "price"
      ? { ...step, fieldName: "priceData.price" }
      : step
  );
  const found = backend.store.catalog.products.map(productView).filter(matches);
  const sorted = steps.length > 0 ? sortBy(found, steps) : found;
  const { items, metadata } = offsetPage(sorted, query.paging, PAGE_SIZES);
  return reply({ products: items, metadata });
}

/** UNDOCUMENTED: the code of a missing product. Here PRODUCT_NOT_FOUND. */
function getProduct({ backend, params }: Call): Response {
  const product = backend.store.catalog.product(params.id ?? "");
  if (product) return reply({ product: productView(product) });
  throw notFound("PRODUCT_NOT_FOUND", "There is no such product");
}
