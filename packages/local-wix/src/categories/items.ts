import * as v from "valibot";
import type { Call, Route } from "../call.ts";
import { isTrue, type JsonObject } from "../http/json.ts";
import { readPayload, readQuery } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { validate } from "../http/validate.ts";
import { EVERYONE } from "../identity/identity.ts";
import { listPage } from "../query/list.ts";
import { STORES_APP_ID } from "../stores/catalog.ts";
import { allowWithCatalog } from "../stores/catalog_version.ts";
import {
  visibleCategories,
  visibleProducts,
} from "../stores/visible_products.ts";
import { allCategories, type Category, directCategories } from "./category.ts";
import { missingCategory, requireTree } from "./tree.ts";

const CATEGORIES = "/categories/v1/categories";

/** Which products are in which categories. */
export const CATEGORY_ITEM_ROUTES: readonly Route[] = allowWithCatalog(
  "v3",
  EVERYONE,
  {
    [`GET ${CATEGORIES}/list-categories-for-item`]: listCategoriesForItem,
    [`POST ${CATEGORIES}/list-categories-for-item`]: listCategoriesForItem,
    [`GET ${CATEGORIES}/list-categories-for-items`]: listCategoriesForItems,
    [`POST ${CATEGORIES}/list-categories-for-items`]: listCategoriesForItems,
    [`GET ${CATEGORIES}/{categoryId}/list-items`]: listItems,
    [`POST ${CATEGORIES}/{categoryId}/list-items`]: listItems,
    [`GET ${CATEGORIES}/{categoryId}/arranged-items`]: getArrangedItems,
  },
);

const ITEM_SIZES = { max: 100, otherwise: 100 };

async function listItems(call: Call): Promise<Response> {
  const sent = await readPayload(call.request);
  const category = requireCategory(call, sent);
  const inside = isTrue(sent.includeItemsFromSubcategories)
    ? (id: string) =>
      allCategories(id, visibleCategories(call)).includes(category)
    : (id: string) => category.places.has(id);
  const records = visibleProducts(call).filter(({ id }) => inside(id))
    .toSorted((a, b) => placeIn(category, a.id) - placeIn(category, b.id))
    // Pages are in the order of these ids.
    .map((product, index) => ({ id: String(index).padStart(9, "0"), product }));
  const { items, pagingMetadata } = listPage(
    records,
    { cursorPaging: sent.cursorPaging },
    { filter: {}, sort: [], sizes: ITEM_SIZES },
  );
  return reply({
    items: items.map(({ product }) => itemReference(product.id)),
    pagingMetadata,
  });
}

function getArrangedItems(call: Call): Response {
  const category = requireCategory(call, readQuery(call.url));
  const visible = visibleProducts(call).map(({ id }) => id);
  const items = [...category.places.keys()].filter((id) =>
    visible.includes(id)
  );
  return reply({ items: items.map(itemReference) });
}

const ITEM = v.object({
  catalogItemId: v.string(),
  appId: v.literal(STORES_APP_ID),
});

async function listCategoriesForItem(call: Call): Promise<Response> {
  const sent = await readPayload(call.request);
  requireTree(sent);
  const item = validate(ITEM, sent.item, "item");
  const { direct, indirect } = categoryIds(call, item.catalogItemId);
  return reply({
    directCategoryIds: direct,
    allCategoryIds: [...direct, ...indirect],
  });
}

async function listCategoriesForItems(call: Call): Promise<Response> {
  const sent = await readPayload(call.request);
  requireTree(sent);
  const items = validate(v.array(ITEM), sent.items, "items");
  return reply({
    categoriesForItems: items.map((item) => {
      const { direct, indirect } = categoryIds(call, item.catalogItemId);
      return {
        item,
        directCategoryIds: direct,
        indirectCategoryIds: indirect,
      };
    }),
  });
}

function categoryIds(call: Call, productId: string) {
  const categories = visibleCategories(call);
  const direct = directCategories(productId, categories);
  const indirect = allCategories(productId, categories)
    .filter((category) => !direct.includes(category));
  return {
    direct: direct.map(({ id }) => id),
    indirect: indirect.map(({ id }) => id),
  };
}

function requireCategory(call: Call, sent: JsonObject): Category {
  requireTree(sent);
  const { categoryId } = call.params;
  const category = visibleCategories(call).find(({ id }) => id === categoryId);
  if (category) return category;
  throw missingCategory();
}

function placeIn({ places }: Category, id: string): number {
  return places.get(id) ?? places.size;
}

function itemReference(catalogItemId: string) {
  return { catalogItemId, appId: STORES_APP_ID };
}
