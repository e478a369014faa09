import * as v from "valibot";
import type { Call } from "../call.ts";
import { applicationError, type WixError } from "../http/errors.ts";
import { isRecord, textIn, textsIn } from "../http/json.ts";
import { readJson } from "../http/request.ts";
import { reply, writeReply } from "../http/response.ts";
import { integer, requiredText, validate } from "../http/validate.ts";
import {
  allowedItems,
  dataRequest,
  findItem,
  referenceField,
  requireCollection,
  requireItem,
} from "./collection.ts";
import {
  type DataCollection,
  type DataItem,
  itemKey,
  itemView,
} from "./item.ts";
import { attempt, countSuccesses } from "./bulk.ts";
import { dataPage } from "./page.ts";
import { project } from "./values.ts";

/** References to include in items, up to `limit` of each field. */
export const INCLUDES = v.nullish(
  v.array(v.object({
    field: requiredText,
    limit: integer(1, 1000, 50),
  })),
  [],
);

/**
 * `items` of `collection`, with the items that the `included` fields refer to
 * in place of their ids.
 *
 * UNDOCUMENTED: a reference to an item that does not exist, or that the caller
 * may not read. Here a single one stays an id, and of many it is left out.
 */
export function include(
  call: Call,
  collection: DataCollection,
  items: readonly DataItem[],
  included: v.InferOutput<typeof INCLUDES>,
): DataItem[] {
  return items.map((item) => {
    const found = included.map(({ field, limit }) => {
      const reference = referenceField(collection, field);
      if (!reference) throw noReference(field, "a reference");
      const target = requireCollection(call, reference.collection);
      const ids = reference.many
        ? item.references?.[field] ?? []
        : textsIn(item.data[field]);
      const data = ids.flatMap((id) => readable(call, target, id) ?? [])
        .map((referenced) => referenced.data);
      return [
        field,
        reference.many ? data.slice(0, limit) : data[0] ?? item.data[field],
      ];
    });
    const fields = found.filter(([, value]) => value !== undefined);
    return { ...item, data: { ...item.data, ...Object.fromEntries(fields) } };
  });
}

/**
 * What `item` refers to by its multi-reference fields when it is saved: the
 * items in its data if `saved`, or as before.
 */
export function withReferences(
  collection: DataCollection,
  item: DataItem,
  saved: boolean,
): DataItem {
  const many = Object.entries(collection.references ?? {})
    .filter(([, { many }]) => many);
  const data = { ...item.data };
  const references = { ...item.references };
  for (const [name] of many) {
    const sent = data[name];
    delete data[name];
    if (!saved || sent === undefined) continue;
    references[name] = [sent].flat().flatMap((each) =>
      textIn(isRecord(each) ? each._id : each) ?? []
    );
  }
  return { ...item, data, ...(many.length > 0 && { references }) };
}

const REFERENCED = dataRequest({
  referringItemId: v.optional(v.string()),
  referringItemIds: v.optional(v.array(v.string()), []),
  referringItemFieldName: requiredText,
  order: v.nullish(v.picklist(["ASC", "DESC"]), "ASC"),
  paging: v.optional(v.unknown()),
  fields: v.optional(v.unknown()),
  returnTotalCount: v.optional(v.unknown()),
});

/** `POST /wix-data/v2/items/query-referenced`, in the order of insertion. */
export async function queryReferencedItems(call: Call): Promise<Response> {
  const sent = validate(REFERENCED, await readJson(call.request));
  const { referringItemFieldName: name, referringItemId } = sent;
  const collection = requireCollection(call, sent.dataCollectionId);
  const target = requireTarget(call, collection, name);
  const ids = referringItemId ? [referringItemId] : sent.referringItemIds;
  const found = ids.flatMap((referringItemId) => {
    const item = requireItem(call, collection, referringItemId, "read");
    return (item.references?.[name] ?? []).map((id) => ({
      referringItemId,
      id,
    }));
  });
  const ordered = sent.order === "DESC" ? found.toReversed() : found;
  const page = dataPage(ordered, sent.paging, sent.returnTotalCount);
  return reply({
    results: page.items.map(({ referringItemId, id }) => {
      const item = readable(call, target, id);
      return item
        ? {
          referringItemId,
          dataItem: itemView(project(item, textsIn(sent.fields))),
        }
        : {
          unresolvedReference: {
            referringItemId,
            referringItemFieldName: name,
            referencedItemId: id,
            unauthorized: findItem(call, target, id) !== undefined,
          },
        };
    }),
    pagingMetadata: page.pagingMetadata,
  });
}

const REFERENCE = {
  referringItemFieldName: requiredText,
  referringItemId: requiredText,
  referencedItemId: requiredText,
};
const IS_REFERENCED = dataRequest(REFERENCE);
const CHANGES = dataRequest({
  dataItemReferences: v.pipe(v.array(v.object(REFERENCE)), v.maxLength(1000)),
});
const REPLACEMENT = dataRequest({
  referringItemFieldName: requiredText,
  referringItemId: requiredText,
  newReferencedItemIds: v.array(v.string()),
});

/** `POST /wix-data/v2/items/is-referenced` */
export async function isReferencedItem(call: Call): Promise<Response> {
  const sent = validate(IS_REFERENCED, await readJson(call.request));
  const { referringItemFieldName: name, referencedItemId } = sent;
  const collection = requireCollection(call, sent.dataCollectionId);
  requireTarget(call, collection, name);
  const item = requireItem(call, collection, sent.referringItemId, "read");
  const ids = item.references?.[name] ?? [];
  return reply({ isReferenced: ids.includes(referencedItemId) });
}

/**
 * `POST /wix-data/v2/bulk/items/insert-references`
 *
 * UNDOCUMENTED: a reference that exists already, or one to remove that does
 * not. Here the call succeeds and changes nothing.
 */
export function insertReferences(call: Call): Promise<Response> {
  return changeReferences(call, "INSERT", (ids, id) => [
    ...ids.filter((present) => present !== id),
    id,
  ]);
}

/** `POST /wix-data/v2/bulk/items/remove-references` */
export function removeReferences(call: Call): Promise<Response> {
  return changeReferences(
    call,
    "DELETE",
    (ids, removed) => ids.filter((id) => id !== removed),
  );
}

/** `POST /wix-data/v2/items/replace-references` */
export async function replaceReferences(call: Call): Promise<Response> {
  const sent = validate(REPLACEMENT, await readJson(call.request));
  const { referringItemFieldName: name, newReferencedItemIds: ids } = sent;
  const collection = requireCollection(call, sent.dataCollectionId);
  const target = requireTarget(call, collection, name);
  const item = requireItem(call, collection, sent.referringItemId, "update");
  for (const id of ids) requireItem(call, target, id, "read");
  keepReferences(call, item, name, ids);
  return writeReply({
    dataItemReferences: ids.map((referencedItemId) => ({
      referringItemId: item.id,
      referringItemFieldName: name,
      referencedItemId,
    })),
  });
}

async function changeReferences(
  call: Call,
  action: "INSERT" | "DELETE",
  change: (ids: readonly string[], id: string) => readonly string[],
): Promise<Response> {
  const sent = validate(CHANGES, await readJson(call.request));
  const collection = requireCollection(call, sent.dataCollectionId);
  allowedItems(call, collection, "update");
  const results = sent.dataItemReferences.map((reference, originalIndex) => {
    const { referringItemFieldName: name, referencedItemId: id } = reference;
    const target = requireTarget(call, collection, name);
    const { error } = attempt(() => {
      const { referringItemId } = reference;
      const item = requireItem(call, collection, referringItemId, "update");
      if (action === "INSERT") requireItem(call, target, id, "read");
      const ids = item.references?.[name] ?? [];
      keepReferences(call, item, name, change(ids, id));
    });
    const success = error === undefined;
    return {
      action,
      dataItemReference: reference,
      referenceMetadata: { originalIndex, success, error },
    };
  });
  return writeReply({
    results,
    bulkActionMetadata: countSuccesses(
      results.map(({ referenceMetadata }) => referenceMetadata),
    ),
  });
}

function keepReferences(
  { backend: { store } }: Call,
  item: DataItem,
  name: string,
  ids: readonly string[],
): void {
  const references = { ...item.references, [name]: ids };
  store.dataItems.set(itemKey(item), { ...item, references });
}

/** The item, if it exists and the caller may read it. */
function readable(
  call: Call,
  collection: DataCollection,
  id: string,
): DataItem | undefined {
  return attempt(() => requireItem(call, collection, id, "read")).value;
}

/** The collection to whose items the multi-reference field `name` refers. */
function requireTarget(
  call: Call,
  collection: DataCollection,
  name: string,
): DataCollection {
  const reference = referenceField(collection, name);
  if (!reference?.many) throw noReference(name, "a multi-reference");
  return requireCollection(call, reference.collection);
}

function noReference(name: string, kind: string): WixError {
  const text = `WDE0020: Provided property [${name}] is not ${kind} field.`;
  return applicationError(400, "WDE0020", text);
}
