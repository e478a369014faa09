import * as v from "valibot";
import type { Call } from "../call.ts";
import { applicationError } from "../http/errors.ts";
import { readJson } from "../http/request.ts";
import { writeReply } from "../http/response.ts";
import { validate } from "../http/validate.ts";
import { attempt, countSuccesses } from "./bulk.ts";
import {
  allowedItems,
  type DataAction,
  dataRequest,
  requireCollection,
} from "./collection.ts";
import { type DataCollection, type DataItem, itemView } from "./item.ts";
import { PATCH, patch } from "./patch_items.ts";
import { insert, remove, save, SENT_ITEM, update } from "./write_items.ts";

const MAX_ITEMS = 1000;

const ITEMS = dataRequest({
  dataItems: v.pipe(v.array(SENT_ITEM), v.maxLength(MAX_ITEMS)),
  saveReferences: v.optional(v.boolean(), false),
  returnEntity: v.optional(v.boolean(), false),
});
const PATCHES = dataRequest({
  patches: v.optional(v.pipe(v.array(PATCH), v.maxLength(MAX_ITEMS)), []),
  returnEntity: v.optional(v.boolean(), false),
});
const IDS = dataRequest({
  dataItemIds: v.pipe(v.array(v.string()), v.maxLength(MAX_ITEMS)),
});

/** `POST /wix-data/v2/bulk/items/insert`: each item by itself. */
export async function bulkInsertDataItems(call: Call): Promise<Response> {
  const sent = validate(ITEMS, await readJson(call.request));
  return bulk(call, sent, "insert", sent.dataItems, (collection, item) => ({
    action: "INSERT",
    item: insert(call, collection, item, sent.saveReferences),
  }));
}

/** `POST /wix-data/v2/bulk/items/update` */
export async function bulkUpdateDataItems(call: Call): Promise<Response> {
  const sent = validate(ITEMS, await readJson(call.request));
  return bulk(call, sent, "update", sent.dataItems, (collection, item) => ({
    action: "UPDATE",
    item: update(call, collection, item, sent.saveReferences),
  }));
}

/** `POST /wix-data/v2/bulk/items/save` */
export async function bulkSaveDataItems(call: Call): Promise<Response> {
  const sent = validate(ITEMS, await readJson(call.request));
  return bulk(call, sent, "insert", sent.dataItems, (collection, sentItem) => {
    const { isNew, item } = save(
      call,
      collection,
      sentItem,
      sent.saveReferences,
    );
    return { action: isNew ? "INSERT" : "UPDATE", item };
  });
}

/** `POST /wix-data/v2/bulk/items/patch` */
export async function bulkPatchDataItems(call: Call): Promise<Response> {
  const sent = validate(PATCHES, await readJson(call.request));
  if (sent.patches.length === 0) {
    const text = "WDE0080: patches must not be empty";
    throw applicationError(400, "WDE0080", text);
  }
  return bulk(call, sent, "update", sent.patches, (collection, changes) => ({
    action: "PATCH",
    item: patch(call, collection, changes),
  }));
}

/** `POST /wix-data/v2/bulk/items/remove` */
export async function bulkRemoveDataItems(call: Call): Promise<Response> {
  const sent = validate(IDS, await readJson(call.request));
  return bulk(call, sent, "remove", sent.dataItemIds, (collection, id) => ({
    action: "DELETE",
    item: remove(call, collection, id),
  }));
}

function bulk<T>(
  call: Call,
  { dataCollectionId, returnEntity = false }: {
    readonly dataCollectionId?: unknown;
    readonly returnEntity?: boolean;
  },
  permission: DataAction,
  sent: readonly T[],
  write: (
    collection: DataCollection,
    item: T,
  ) => { readonly action: string; readonly item: DataItem },
): Response {
  const collection = requireCollection(call, dataCollectionId);
  allowedItems(call, collection, permission);
  const results = sent.map((each, originalIndex) => {
    const { value, error } = attempt(() => write(collection, each));
    return {
      ...(value && { action: value.action }),
      itemMetadata: value
        ? { id: value.item.id, originalIndex, success: true }
        : { originalIndex, success: false, error },
      ...(value && returnEntity && { dataItem: itemView(value.item) }),
    };
  });
  const bulkActionMetadata = countSuccesses(
    results.map(({ itemMetadata }) => itemMetadata),
  );
  return writeReply({ results, bulkActionMetadata });
}
