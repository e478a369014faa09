import * as v from "valibot";
import type { Call, Route } from "../call.ts";
import { applicationError, notFound } from "../http/errors.ts";
import { isRecord, type JsonObject, textsIn } from "../http/json.ts";
import { readJson, readPayload, readQuery } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { validate } from "../http/validate.ts";
import { EVERYONE, isElevated } from "../identity/identity.ts";
import { comparable } from "../query/filter.ts";
import { countMatches, listPage, type ListRules } from "../query/list.ts";
import { STORES_APP_ID } from "../stores/catalog.ts";
import { allowWithCatalog } from "../stores/catalog_version.ts";
import { richContent } from "../stores/rich_content.ts";
import {
  visibleCategories,
  visibleProducts,
} from "../stores/visible_products.ts";
import {
  allCategories,
  type Category,
  directCategories,
  pathTo,
} from "./category.ts";

const CATEGORIES = "/categories/v1/categories";

/** The categories of the shop's products. */
export const CATEGORY_ROUTES: readonly Route[] = allowWithCatalog(
  "v3",
  EVERYONE,
  {
    [`POST ${CATEGORIES}/query`]: queryCategories,
    [`POST ${CATEGORIES}/search`]: searchCategories,
    [`POST ${CATEGORIES}/count`]: countCategories,
    [`GET ${CATEGORIES}/list-trees`]: () => reply({ trees: [TREE] }),
    [`GET ${CATEGORIES}/list-categories-for-item`]: listCategoriesForItem,
    [`POST ${CATEGORIES}/list-categories-for-item`]: listCategoriesForItem,
    [`GET ${CATEGORIES}/list-categories-for-items`]: listCategoriesForItems,
    [`POST ${CATEGORIES}/list-categories-for-items`]: listCategoriesForItems,
    [`GET ${CATEGORIES}/slug/{slug}`]: (call) =>
      getCategory(call, ({ slug }) => slug === call.params.slug),
    [`GET ${CATEGORIES}/{categoryId}`]: (call) =>
      getCategory(call, ({ id }) => id === call.params.categoryId),
    [`GET ${CATEGORIES}/{categoryId}/list-items`]: listItems,
    [`POST ${CATEGORIES}/{categoryId}/list-items`]: listItems,
    [`GET ${CATEGORIES}/{categoryId}/arranged-items`]: getArrangedItems,
  },
);

const TREE = { appNamespace: "@wix/stores", treeKey: null };

const UNSORTED = [
  "id",
  "slug",
  "treeReference.appNamespace",
  "treeReference.treeKey",
  "visible",
];
const SORTED = [
  "createdDate",
  "updatedDate",
  "managingAppId",
  "name",
  "parentCategory.id",
  "parentCategory.index",
];

/** The SDK's `CategoryQuerySpec`, in the field names of the REST API. */
const QUERY_RULES: ListRules = {
  filter: comparable(...UNSORTED, ...SORTED),
  sort: SORTED,
  sizes: { max: 1000, otherwise: 50 },
};

/** The SDK's `CategorySearchSpec`. */
const SEARCH_RULES: ListRules = {
  ...QUERY_RULES,
  searchable: { name: "name", description: "description" },
  aggregatable: [...UNSORTED, ...SORTED],
};

const ITEM_SIZES = { max: 100, otherwise: 100 };

/**
 * UNDOCUMENTED: a query without a filter. Visitors and members get 400
 * INVALID_FILTER, as public code reports; elevated calls get every category.
 */
async function queryCategories(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const { filter, cursorPaging } = isRecord(body.query) ? body.query : {};
  const isFirst = !isRecord(cursorPaging) || !cursorPaging.cursor;
  const isEmpty = Object.keys(Object(filter)).length === 0;
  if (isFirst && isEmpty && !isElevated(call.identity)) {
    throw applicationError(400, "INVALID_FILTER", "The filter is empty");
  }
  const categories = categoriesFor(call, body);
  const page = listPage(categories, body.query, QUERY_RULES);
  const { items, pagingMetadata } = page;
  return reply({ categories: trimmed(items, body), pagingMetadata });
}

async function searchCategories(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const categories = categoriesFor(call, body);
  const { items, ...rest } = listPage(categories, body.search, SEARCH_RULES);
  return reply({ categories: trimmed(items, body), ...rest });
}

async function countCategories(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const categories = categoriesFor(call, body);
  return reply({ count: countMatches(categories, body, SEARCH_RULES) });
}

function getCategory(
  call: Call,
  isWanted: (category: Category) => boolean,
): Response {
  const sent = readQuery(call.url);
  requireTree(sent);
  const category = visibleCategories(call).find(isWanted);
  if (!category) throw missing();
  const [view] = trimmed([categoryView(call, category)], sent);
  return reply({ category: view });
}

async function listItems(call: Call): Promise<Response> {
  const sent = await readPayload(call.request);
  const category = requireCategory(call, sent);
  const inside = sent.includeItemsFromSubcategories === true ||
      sent.includeItemsFromSubcategories === "true"
    ? (id: string) =>
      allCategories(id, visibleCategories(call)).includes(category)
    : (id: string) => category.places.has(id);
  const records = visibleProducts(call).filter(({ id }) => inside(id))
    .toSorted((a, b) => placeIn(category, a.id) - placeIn(category, b.id))
    .map(({ id }, index) => ({ id, index }));
  const { items, pagingMetadata } = listPage(
    records,
    { cursorPaging: sent.cursorPaging, sort: [{ fieldName: "index" }] },
    { filter: {}, sort: ["index"], sizes: ITEM_SIZES },
  );
  return reply({
    items: items.map(({ id }) => itemReference(id)),
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
  throw missing();
}

/** UNDOCUMENTED: the code of a missing category. Here CATEGORY_NOT_FOUND. */
function missing() {
  return notFound("CATEGORY_NOT_FOUND", "There is no such category");
}

/** Throws unless a request is about the only tree of the site. */
function requireTree(sent: JsonObject): void {
  const tree = v.object({
    appNamespace: v.literal(TREE.appNamespace),
    treeKey: v.nullish(v.literal("")),
  });
  validate(tree, sent.treeReference, "treeReference");
}

function placeIn({ places }: Category, id: string): number {
  return places.get(id) ?? places.size;
}

function itemReference(catalogItemId: string) {
  return { catalogItemId, appId: STORES_APP_ID };
}

/** The categories that a query or search looks through, with all fields. */
function categoriesFor(call: Call, body: JsonObject) {
  requireTree(body);
  if (body.returnNonVisibleCategories && !isElevated(call.identity)) {
    throw applicationError(403, "PERMISSION_DENIED", "");
  }
  return call.backend.store.categories
    .filter(({ visible }) => visible || body.returnNonVisibleCategories)
    .map((category) => categoryView(call, category));
}

const FIELDS = v.array(v.picklist([
  "BREADCRUMBS_INFO",
  "DESCRIPTION",
  "RICH_CONTENT_DESCRIPTION",
]));

/** Categories without the fields that a request did not ask for. */
function trimmed(
  views: readonly ReturnType<typeof categoryView>[],
  sent: JsonObject,
) {
  const fields = validate(FIELDS, textsIn(sent.fields), "fields");
  return views.map((view) => {
    const { breadcrumbsInfo, description, richContentDescription, ...rest } =
      view;
    return {
      ...rest,
      ...(fields.includes("BREADCRUMBS_INFO") && { breadcrumbsInfo }),
      ...(fields.includes("DESCRIPTION") && { description }),
      ...(fields.includes("RICH_CONTENT_DESCRIPTION") &&
        { richContentDescription }),
    };
  });
}

export function categoryView(call: Call, category: Category) {
  const { id, name, slug, parentId, image, description, createdDate } =
    category;
  const categories = visibleCategories(call);
  const siblings = categories.filter((other) => other.parentId === parentId);
  return {
    id,
    revision: "1",
    createdDate,
    updatedDate: createdDate,
    name,
    slug,
    visible: category.visible,
    ...(image && { image }),
    itemCounter:
      visibleProducts(call).filter(({ id }) => category.places.has(id)).length,
    parentCategory: {
      ...(parentId && { id: parentId }),
      index: siblings.indexOf(category),
    },
    treeReference: TREE,
    seoData: { tags: [], settings: { preventAutoRedirect: false } },
    extendedFields: { namespaces: {} },
    description,
    richContentDescription: richContent(description),
    breadcrumbsInfo: {
      breadcrumbs: pathTo(category, categories).slice(0, -1).map((parent) => ({
        categoryId: parent.id,
        categoryName: parent.name,
        categorySlug: parent.slug,
      })),
    },
  };
}
