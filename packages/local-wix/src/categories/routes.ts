import * as v from "valibot";
import type { Call, Route } from "../call.ts";
import { applicationError } from "../http/errors.ts";
import { isRecord, type JsonObject, textsIn } from "../http/json.ts";
import { readJson, readQuery } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { validate } from "../http/validate.ts";
import { EVERYONE, isElevated } from "../identity/identity.ts";
import { languageOf } from "../languages/call_language.ts";
import { translate } from "../languages/language.ts";
import { comparable } from "../query/filter.ts";
import { countMatches, listPage, type ListRules } from "../query/list.ts";
import { allowWithCatalog } from "../stores/catalog_version.ts";
import { richContent } from "../stores/rich_content.ts";
import {
  visibleCategories,
  visibleProducts,
} from "../stores/visible_products.ts";
import { type Category, pathTo } from "./category.ts";
import { CATEGORIES, requireCategory, requireTree, TREE } from "./tree.ts";

/** The categories of the shop's products. */
export const CATEGORY_ROUTES: readonly Route[] = allowWithCatalog(
  "v3",
  EVERYONE,
  {
    [`POST ${CATEGORIES}/query`]: queryCategories,
    [`POST ${CATEGORIES}/search`]: searchCategories,
    [`POST ${CATEGORIES}/count`]: countCategories,
    [`GET ${CATEGORIES}/list-trees`]: () => reply({ trees: [TREE] }),
    [`GET ${CATEGORIES}/slug/{slug}`]: (call) =>
      getCategory(call, ({ slug }) => slug === call.params.slug),
    [`GET ${CATEGORIES}/{categoryId}`]: (call) => getCategory(call),
  },
);

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

/**
 * UNDOCUMENTED: an empty filter. Visitors and members get 400 INVALID_FILTER, as
 * public code reports; elevated calls, and those without any, get everything.
 */
async function queryCategories(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const { filter } = isRecord(body.query) ? body.query : {};
  const isEmpty = isRecord(filter) && Object.keys(filter).length === 0;
  if (isEmpty && !isElevated(call.identity)) {
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
  isWanted?: (category: Category) => boolean,
): Response {
  const sent = readQuery(call.url);
  const category = requireCategory(call, sent, isWanted);
  const [view] = trimmed([categoryView(call, category)], sent);
  return reply({ category: view });
}

/** The categories that a query or search looks through, with all fields. */
function categoriesFor(call: Call, body: JsonObject) {
  requireTree(body);
  if (body.returnNonVisibleCategories && !isElevated(call.identity)) {
    throw applicationError(403, "PERMISSION_DENIED", "");
  }
  return call.backend.store.categories
    .filter(({ visible }) => visible || body.returnNonVisibleCategories)
    .map((category) =>
      categoryView(call, translate(category, languageOf(call)))
    );
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
      index: siblings.findIndex((sibling) => sibling.id === id),
    },
    treeReference: TREE,
    seoData: {
      tags: category.seoTags ?? [],
      settings: { preventAutoRedirect: false },
    },
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
