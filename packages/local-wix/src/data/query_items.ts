import type { Call } from "../call.ts";
import { isRecord, type JsonObject, textOf } from "../http/json.ts";
import { objectIn, textsIn } from "../http/parse.ts";
import { reply } from "../http/reply.ts";
import { readJson, readQuery } from "../http/request.ts";
import { compileFilter } from "../query/filter.ts";
import { offsetPage } from "../query/offset_page.ts";
import { readSort, sortBy } from "../query/sort.ts";
import { allowedItems, requireCollection } from "./collection.ts";
import { type DataItem, itemKey, itemView } from "./item.ts";

const PAGE_SIZES = { max: 1000, otherwise: 50 };
const SORT_RULES = { max: 20, fields: "*" } as const;

/**
 * `/wix-data/v2/items/query`, by GET or POST.
 *
 * UNDOCUMENTED: the order of data items without a sort. Here it is the order
 * of insertion.
 */
export async function queryDataItems(call: Call): Promise<Response> {
  const { request, url } = call;
  const body = request.method === "GET"
    ? readQuery(url)
    : await readJson(request);
  const query = objectIn(body.query, "query");
  const found = search(call, body.dataCollectionId, query.filter);
  const steps = readSort(query.sort, SORT_RULES);
  const sorted = steps.length > 0 ? sortBy(found, steps) : found;
  const page = offsetPage(sorted, query.paging, PAGE_SIZES);
  const { total, ...metadata } = page.metadata;
  const dataCollectionId = textOf(body.dataCollectionId);
  const { dataItems } = call.backend.store;
  const items = page.items.flatMap(({ _id }) => {
    const item = dataItems.get(itemKey({ dataCollectionId, id: textOf(_id) }));
    return item ? [project(item, textsIn(query.fields))] : [];
  });
  return reply({
    dataItems: items.map(itemView),
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
  const found = search(call, dataCollectionId, filter);
  return reply({ totalCount: found.length });
}

/** An item's fields, as filters and sorts compare them. */
type Fields = JsonObject & { readonly id: string };

/**
 * What of a collection the caller may read and the filter lets through.
 *
 * UNDOCUMENTED: whether a filter looks at items that the caller may not read.
 * Here it does not, so that it tells nothing of them.
 */
function search(call: Call, collectionId: unknown, filter: unknown): Fields[] {
  const collection = requireCollection(collectionId);
  const isAllowed = allowedItems(call, collection, "read");
  const matches = compileFilter(plain(filter), "*");
  return [...call.backend.store.dataItems.values()]
    .filter((item) =>
      item.dataCollectionId === collection.id && isAllowed(item)
    )
    .map(({ id, data }) => ({ id, ...objectIn(plain(data), "data") }))
    .filter(matches);
}

/** `value` with each `{"$date": text}` as its text. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isRecord(value)) return value;
  if (typeof value.$date === "string") return value.$date;
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
