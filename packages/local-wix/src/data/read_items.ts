import type { Call } from "../call.ts";
import { isRecord, type JsonObject, textsIn } from "../http/json.ts";
import { readJson, readPayload, readQuery } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { objectIn } from "../http/validate.ts";
import { compileFilter } from "../query/filter.ts";
import { offsetPage } from "../query/paging.ts";
import { readSort, sortBy } from "../query/sort.ts";
import { allowedItems, noItem, requireCollection } from "./collection.ts";
import { type DataItem, itemKey, itemView } from "./item.ts";

const PAGE_SIZES = { max: 1000, otherwise: 50 };
const SORT_RULES = { max: 20, fields: "*" } as const;

/** `GET /wix-data/v2/items/{id}`; the SDK turns the 404 into null. */
export function getDataItem(call: Call): Response {
  const { dataCollectionId } = readQuery(call.url);
  const collection = requireCollection(call, dataCollectionId);
  const isAllowed = allowedItems(call, collection, "read");
  const id = call.params.id ?? "";
  const key = itemKey({ dataCollectionId: collection.id, id });
  const item = call.backend.store.dataItems.get(key);
  if (!item || !isAllowed(item)) throw noItem(collection, id);
  return reply({ dataItem: itemView(item) });
}

/**
 * `/wix-data/v2/items/query`, by GET or POST.
 *
 * UNDOCUMENTED: the order of data items without a sort. Here it is the order
 * of insertion.
 */
export async function queryDataItems(call: Call): Promise<Response> {
  const body = await readPayload(call.request);
  const query = objectIn(body.query, "query");
  const found = search(call, body.dataCollectionId, query.filter);
  const steps = readSort(query.sort, SORT_RULES);
  const sorted = steps.length > 0 ? sortBy(found, steps) : found;
  const page = offsetPage(sorted, query.paging, PAGE_SIZES);
  const { total, ...metadata } = page.metadata;
  const fields = textsIn(query.fields);
  return reply({
    dataItems: page.items.map(({ [ITEM]: item }) =>
      itemView(project(item, fields))
    ),
    pagingMetadata: {
      ...metadata,
      ...(body.returnTotalCount === true && { total }),
      hasNext: metadata.offset + metadata.count < total,
    },
  });
}

/** `POST /wix-data/v2/items/count` */
export async function countDataItems(call: Call): Promise<Response> {
  const { dataCollectionId, filter } = await readJson(call.request);
  const { length: totalCount } = search(call, dataCollectionId, filter);
  return reply({ totalCount });
}

/** The item itself among its fields: no field of a collection is a symbol. */
const ITEM = Symbol("item");

/** An item's fields, as filters and sorts compare them. */
type Fields = JsonObject & { readonly id: string; readonly [ITEM]: DataItem };

/**
 * The items of a collection that the caller may read and the filter matches.
 *
 * UNDOCUMENTED: whether a filter looks at items that the caller may not read.
 * Here it does not, so that it reveals nothing of them.
 */
function search(call: Call, collectionId: unknown, filter: unknown): Fields[] {
  const collection = requireCollection(call, collectionId);
  const isAllowed = allowedItems(call, collection, "read");
  const matches = compileFilter(plain(filter), "*");
  return call.backend.store.dataItems.list
    .filter((item) =>
      item.dataCollectionId === collection.id && isAllowed(item)
    )
    .map((item) => ({
      id: item.id,
      ...objectIn(plain(item.data), "data"),
      [ITEM]: item,
    }))
    .filter(matches);
}

/** `value` with each `{"$date": text}` as a date. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isRecord(value)) return value;
  if (typeof value.$date === "string") return new Date(value.$date);
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, plain(part)]),
  );
}

/** `item` with these fields alone, and its id; with all when none is named. */
function project(item: DataItem, fields: readonly string[]): DataItem {
  if (fields.length === 0) return item;
  const data = Object.fromEntries(
    Object.entries(item.data).filter(([name]) =>
      name === "_id" || fields.includes(name)
    ),
  );
  return { ...item, data };
}
