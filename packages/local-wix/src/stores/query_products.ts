import type { Call } from "../call.ts";
import { objectIn } from "../http/parse.ts";
import { reply } from "../http/reply.ts";
import { readJson, readQuery } from "../http/request.ts";
import { compileFilter, type FilterFields } from "../query/filter.ts";
import { offsetPage } from "../query/offset_page.ts";
import { readSort, sortBy } from "../query/sort.ts";
import { productView } from "./product.ts";

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
 * `/stores-reader/v1/products/query-platformized`, by GET or POST.
 *
 * UNDOCUMENTED: the order of products without a sort. Here as they were
 * created.
 */
export async function queryProducts(call: Call): Promise<Response> {
  const { request, url, backend } = call;
  const body = request.method === "GET"
    ? readQuery(url)
    : await readJson(request);
  const query = objectIn(body.query, "query");
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
