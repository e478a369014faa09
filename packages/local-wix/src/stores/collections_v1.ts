import type { Call, Route } from "../call.ts";
import type { Category } from "../categories/category.ts";
import { WixError } from "../http/errors.ts";
import { readPayload } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { partsIn } from "../http/validate.ts";
import { EVERYONE } from "../identity/identity.ts";
import { comparable, compileFilter } from "../query/filter.ts";
import { offsetPage } from "../query/paging.ts";
import { readSort, sortBy } from "../query/sort.ts";
import { allowWithCatalog } from "./catalog_version.ts";
import { collectionId, mediaView } from "./products_v1.ts";
import { visibleCategories, visibleProducts } from "./visible_products.ts";

/** Collections, catalog version 1: the shop's categories, without their tree. */
export const COLLECTION_V1_ROUTES: readonly Route[] = allowWithCatalog(
  "v1",
  EVERYONE,
  {
    "GET /v2/collections/query": queryCollections,
    "POST /v2/collections/query": queryCollections,
    "GET /v2/collections/slug/{slug}": (call) =>
      getCollection(call, ({ slug }) => slug === call.params.slug),
    "GET /v2/collections/{id}": (call) =>
      getCollection(call, ({ id }) => id === call.params.id),
  },
);

async function queryCollections(call: Call): Promise<Response> {
  const query = partsIn((await readPayload(call.request)).query, "query", [
    "filter",
    "sort",
    "paging",
  ]);
  const matches = compileFilter(query.filter, comparable("id", "name"));
  const steps = readSort(query.sort, { fields: ["id", "name"], max: 2 });
  const found = collectionsFor(call).filter(matches);
  const { items, metadata } = offsetPage(
    steps.length > 0 ? sortBy(found, steps) : found,
    query.paging,
    { max: 100, otherwise: 50 },
  );
  return reply({ collections: items, metadata });
}

/**
 * UNDOCUMENTED: the code of a missing collection. Here the number 404, which
 * Wix's template nextjs/commerce compares it with.
 */
function getCollection(
  call: Call,
  isWanted: (view: ReturnType<typeof collectionView>) => boolean,
): Response {
  const collection = collectionsFor(call).find(isWanted);
  if (collection) return reply({ collection });
  const description = "Collection not found";
  const details = { applicationError: { code: 404, description, data: {} } };
  throw new WixError(404, details, description);
}

function collectionsFor(call: Call) {
  return visibleCategories(call).map((category) =>
    collectionView(call, category)
  );
}

function collectionView(call: Call, category: Category) {
  const { name, slug, description, visible, image, places } = category;
  return {
    id: collectionId(call, category),
    name,
    slug,
    description,
    visible,
    media: mediaView(image ? [image] : []),
    numberOfProducts:
      visibleProducts(call).filter(({ id }) => places.has(id)).length,
  };
}
