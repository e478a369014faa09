import * as v from "valibot";
import { allow, type Call, type Route } from "../call.ts";
import { applicationError, notFound } from "../http/errors.ts";
import { readJson } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { integer, requiredText, validate } from "../http/validate.ts";
import { EVERYONE } from "../identity/identity.ts";
import { isStoresApp, STORES_APP_ID } from "../stores/catalog.ts";

/**
 * The algorithms of Wix Stores, which recommend products: by the SDK's paths and
 * by the public ones.
 */
export const RECOMMENDATION_ROUTES: readonly Route[] = allow(EVERYONE, {
  "GET /v1/recommendations/algorithms": listAlgorithms,
  "GET /ecom/v1/recommendations/algorithms": listAlgorithms,
  "POST /v1/recommendations/get": getRecommendation,
  "POST /ecom/v1/recommendations/get": getRecommendation,
});

interface Algorithm {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Whether it recommends what goes with some products, or regardless. */
  readonly type: "RELATED_ITEMS" | "GLOBAL";
  /** How much it recommends `productId`, to go with `to`; 0 for not at all. */
  score(call: Call, productId: string, to: readonly string[]): number;
}

/**
 * UNDOCUMENTED: the ids of the algorithms. Here those in public code, of which
 * Wix's template nextjs/commerce has three.
 *
 * UNDOCUMENTED: how many sales or views count. Here all orders count, and what
 * is bought together counts as viewed together.
 */
const ALGORITHMS: readonly Algorithm[] = [
  {
    id: "68ebce04-b96a-4c52-9329-08fc9d8c1253",
    name: "From the same categories",
    description: "Products that share the most categories with the given ones",
    type: "RELATED_ITEMS",
    score: ({ backend }, productId, to) =>
      // Every product is in the first category.
      backend.store.categories.slice(1).filter(({ places }) =>
        places.has(productId) && to.some((id) => places.has(id))
      ).length,
  },
  {
    id: "d5aac1e1-2e53-4d11-85f7-7172710b4783",
    name: "Frequently bought together",
    description: "Products that are ordered together with the first given one",
    type: "RELATED_ITEMS",
    score: boughtTogether,
  },
  {
    id: "5dd69f67-9ab9-478e-ba7c-10c6c6e7285f",
    name: "Frequently viewed together",
    description: "Products that are viewed together with the first given one",
    type: "RELATED_ITEMS",
    score: boughtTogether,
  },
  {
    id: "ba491fd2-b172-4552-9ea6-7202e01d1d3c",
    name: "Best sellers",
    description: "Products with the highest number of sales",
    type: "GLOBAL",
    score: (call, productId) => ordersOf(call, productId).length,
  },
];

function boughtTogether(
  call: Call,
  productId: string,
  [first]: readonly string[],
) {
  return ordersOf(call, productId)
    .filter((productIds) => productIds.includes(first ?? "")).length;
}

/** The ids of the products in each order that has `productId`. */
function ordersOf({ backend }: Call, productId: string): string[][] {
  return backend.store.orders.list
    .map(({ lineItems }) =>
      lineItems.flatMap(({ catalogReference }) =>
        catalogReference?.catalogItemId ?? []
      )
    )
    .filter((productIds) => productIds.includes(productId));
}

function listAlgorithms(): Response {
  return reply({ availableAlgorithms: ALGORITHMS.map(algorithmView) });
}

function algorithmView({ id, name, description, type }: Algorithm) {
  return {
    config: { name, description, algorithmType: type, algorithmId: id },
    appId: STORES_APP_ID,
    catalogAppIds: [STORES_APP_ID],
  };
}

const APP_ITEM = { appId: requiredText };

const REQUEST = v.object({
  algorithms: v.pipe(
    v.array(v.object({ id: requiredText, ...APP_ITEM })),
    v.minLength(1),
    v.maxLength(10),
  ),
  items: v.optional(
    v.pipe(
      v.array(v.object({ catalogItemId: requiredText, ...APP_ITEM })),
      v.maxLength(300),
    ),
    [],
  ),
  minimumRecommendedItems: integer(0, 100, 1),
});

/**
 * UNDOCUMENTED: how many products an algorithm recommends, and the response when
 * none recommends enough. Here up to 16, and no items and no algorithm.
 *
 * UNDOCUMENTED: the statuses of the errors that the SDK declares. Here 400, and
 * 404 for the app of an algorithm that is not installed.
 */
async function getRecommendation(call: Call): Promise<Response> {
  const { algorithms, items, minimumRecommendedItems: minimum } = validate(
    REQUEST,
    await readJson(call.request),
  );
  const foreign = items.filter(({ appId }) => !isStoresApp(appId));
  if (foreign.length > 0) {
    const text = "Wix Stores only supports its own products";
    const data = { items: foreign, algorithms };
    throw applicationError(400, "ITEM_APP_ID_NOT_SUPPORTED", text, data);
  }
  const to = items.map(({ catalogItemId }) => catalogItemId);
  for (const algorithm of algorithms) {
    const found = recommend(call, requireAlgorithm(algorithm), to);
    if (found.length < minimum) continue;
    const appId = STORES_APP_ID;
    const recommended = found.map((catalogItemId) => ({
      catalogItemId,
      appId,
    }));
    return reply({ recommendation: { items: recommended, algorithm } });
  }
  return reply({ recommendation: { items: [] } });
}

function requireAlgorithm(wanted: { id: string; appId: string }): Algorithm {
  const { id, appId } = wanted;
  if (!isStoresApp(appId)) {
    const text = `No installed app ${appId} recommends items`;
    throw notFound("RECOMMENDATIONS_PROVIDER_NOT_FOUND", text);
  }
  const algorithm = ALGORITHMS.find((known) => known.id === id);
  if (algorithm) return algorithm;
  const data = { unsupportedAlgorithms: [wanted] };
  const text = `Wix Stores has no algorithm ${id}`;
  throw applicationError(400, "ALGORITHM_NOT_SUPPORTED", text, data);
}

const MAX_RECOMMENDED = 16;

/** The ids of visible products by score, best first. */
function recommend(
  call: Call,
  { score }: Algorithm,
  to: readonly string[],
): string[] {
  return call.backend.store.catalog.products
    .filter(({ id, visible }) => visible && !to.includes(id))
    .map(({ id }) => ({ id, score: score(call, id, to) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_RECOMMENDED)
    .map(({ id }) => id);
}
