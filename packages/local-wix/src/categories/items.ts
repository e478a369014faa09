import * as v from "valibot";
import type { Call, Route } from "../call.ts";
import { isRecord, isTrue } from "../http/json.ts";
import { readPayload, readQuery } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { validate } from "../http/validate.ts";
import { EVERYONE } from "../identity/identity.ts";
import { comparable } from "../query/filter.ts";
import { listPage } from "../query/list.ts";
import { STORES_APP_ID } from "../stores/catalog.ts";
import { allowWithCatalog } from "../stores/catalog_version.ts";
import {
  visibleCategories,
  visibleProducts,
} from "../stores/visible_products.ts";
import { allCategories, type Category, directCategories } from "./category.ts";
import { CATEGORIES, requireCategory, requireTree } from "./tree.ts";

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
  const { includeItemsFromSubcategories, cursorPaging } = sent;
  const categories = visibleCategories(call);
  const records = visibleProducts(call)
    .filter(({ id }) =>
      allCategories(id, categories).some(({ id }) => id === category.id)
    )
    .toSorted((a, b) => placeIn(category, a.id) - placeIn(category, b.id))
    .map((product, index) => ({
      // Pages are in the order of these ids.
      id: String(index).padStart(9, "0"),
      product,
      isDirect: category.places.has(product.id),
    }));
  // A cursor keeps the filter of the first page.
  const isFirst = !isRecord(cursorPaging) || !cursorPaging.cursor;
  const isDirectOnly = isFirst && !isTrue(includeItemsFromSubcategories);
  const { items, pagingMetadata } = listPage(
    records,
    { cursorPaging, ...(isDirectOnly && { filter: { isDirect: true } }) },
    { filter: comparable("isDirect"), sort: [], sizes: ITEM_SIZES },
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

function placeIn({ places }: Category, id: string): number {
  return places.get(id) ?? places.size;
}

function itemReference(catalogItemId: string) {
  return { catalogItemId, appId: STORES_APP_ID };
}
