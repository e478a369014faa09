import * as v from "valibot";
import type { Call } from "../call.ts";
import { type JsonObject, textsIn } from "../http/json.ts";
import { readJson, readPayload, readQuery } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { carriedObject, objectIn, validate } from "../http/validate.ts";
import { compileFilter } from "../query/filter.ts";
import { textMatcher } from "../query/list.ts";
import { readSort, sortBy } from "../query/sort.ts";
import {
  allowedItems,
  dataRequest,
  requireCollection,
  requireItem,
} from "./collection.ts";
import { itemView } from "./item.ts";
import { dataPage } from "./page.ts";
import { include, INCLUDES } from "./references.ts";
import { decode, type Fields, fieldsOf, ITEM, project } from "./values.ts";

const SORT_RULES = { max: 20, fields: "*" } as const;
const ANY = v.optional(v.unknown());

const GET = dataRequest({
  dataItemId: ANY,
  fields: ANY,
  includeReferences: INCLUDES,
});

/** `GET /wix-data/v2/items/{id}`; the SDK turns the 404 into null. */
export function getDataItem(call: Call): Response {
  const sent = validate(GET, readQuery(call.url));
  const collection = requireCollection(call, sent.dataCollectionId);
  const item = requireItem(call, collection, call.params.id ?? "", "read");
  const found = project(item, textsIn(sent.fields));
  const [view] = include(call, collection, [found], sent.includeReferences)
    .map(itemView);
  return reply({ dataItem: view });
}

const LIST = { filter: ANY, sort: ANY, paging: ANY, fields: ANY };
const QUERY = dataRequest({
  query: v.nullish(carriedObject(LIST), {}),
  includeReferences: INCLUDES,
  returnTotalCount: ANY,
});
const SEARCH = dataRequest({
  search: v.nullish(carriedObject({ ...LIST, search: ANY }), {}),
  includeReferences: INCLUDES,
});

/** `/wix-data/v2/items/query`, by GET or POST. */
export async function queryDataItems(call: Call): Promise<Response> {
  const { query, ...sent } = validate(QUERY, await readPayload(call.request));
  return listItems(call, query, sent);
}

/**
 * `POST /wix-data/v2/items/search`
 *
 * UNDOCUMENTED: which fields a search covers. Here all, where Wix needs an
 * index for them.
 */
export async function searchDataItems(call: Call): Promise<Response> {
  const { search, ...sent } = validate(SEARCH, await readJson(call.request));
  return listItems(call, search, { ...sent, returnTotalCount: true });
}

/**
 * UNDOCUMENTED: the order of data items without a sort. Here it is the order
 * of insertion.
 */
function listItems(
  call: Call,
  list: JsonObject,
  { dataCollectionId, includeReferences, returnTotalCount }: {
    readonly dataCollectionId?: unknown;
    readonly includeReferences: v.InferOutput<typeof INCLUDES>;
    readonly returnTotalCount?: unknown;
  },
): Response {
  const collection = requireCollection(call, dataCollectionId);
  const found = findItems(call, dataCollectionId, list.filter);
  const names = found.flatMap((item) => Object.keys(item))
    .filter((name) => !name.startsWith("_"));
  const hasText = textMatcher(
    list.search,
    Object.fromEntries(names.map((name) => [name, name])),
  );
  const steps = readSort(list.sort, SORT_RULES);
  const matching = found.filter(hasText);
  const sorted = steps.length > 0 ? sortBy(matching, steps) : matching;
  const page = dataPage(sorted, list.paging, returnTotalCount);
  const fields = textsIn(list.fields);
  const items = page.items.map(({ [ITEM]: item }) => project(item, fields));
  return reply({
    dataItems: include(call, collection, items, includeReferences)
      .map(itemView),
    pagingMetadata: page.pagingMetadata,
  });
}

const COUNT = dataRequest({ filter: ANY });

/** `POST /wix-data/v2/items/count` */
export async function countDataItems(call: Call): Promise<Response> {
  const sent = validate(COUNT, await readJson(call.request));
  const found = findItems(call, sent.dataCollectionId, sent.filter);
  return reply({ totalCount: found.length });
}

/**
 * The items of a collection that the caller may read and the filter matches.
 *
 * UNDOCUMENTED: whether a filter applies to items that the caller may not read.
 * Here it does not, so that it reveals nothing about them.
 */
export function findItems(
  call: Call,
  collectionId: unknown,
  filter: unknown,
): Fields[] {
  const collection = requireCollection(call, collectionId);
  const isAllowed = allowedItems(call, collection, "read");
  const sent = filter === undefined ? filter : objectIn(filter, "filter");
  const matches = compileFilter(decode(sent), "*");
  return call.backend.store.dataItems.list
    .filter((item) =>
      item.dataCollectionId === collection.id && isAllowed(item)
    )
    .map(fieldsOf)
    .filter(matches);
}
