import * as v from "valibot";
import type { Call } from "../call.ts";
import { applicationError } from "../http/errors.ts";
import { type JsonObject, textIn } from "../http/json.ts";
import { readJson } from "../http/request.ts";
import { writeReply } from "../http/response.ts";
import { carriedObject, validate } from "../http/validate.ts";
import {
  allowedItems,
  dataRequest,
  findItem,
  requireCollection,
  requireItem,
} from "./collection.ts";
import {
  type DataCollection,
  type DataItem,
  itemKey,
  itemView,
} from "./item.ts";
import { withReferences } from "./references.ts";

const DATA = v.record(v.string(), v.unknown());

/** An item in a request. Its id may stand in either of two places. */
export const SENT_ITEM = v.pipe(
  carriedObject({
    id: v.optional(v.unknown()),
    dataCollectionId: v.optional(v.unknown()),
    data: v.optional(DATA, {}),
  }),
  v.transform(({ id, data }) => ({ id: textIn(id) ?? textIn(data._id), data })),
);

/** An item in a request, with its id if it has one. */
export type SentItem = v.InferOutput<typeof SENT_ITEM>;

const WRITE = dataRequest({
  dataItem: SENT_ITEM,
  saveReferences: v.optional(v.boolean(), false),
});

/** `POST /wix-data/v2/items` */
export async function insertDataItem(call: Call): Promise<Response> {
  const { collection, dataItem, saveReferences } = await readWrite(call);
  return written(insert(call, collection, dataItem, saveReferences));
}

/** `POST /wix-data/v2/items/update`: what is sent replaces the whole item. */
export async function updateDataItem(call: Call): Promise<Response> {
  const { collection, dataItem, saveReferences } = await readWrite(call);
  return written(update(call, collection, dataItem, saveReferences));
}

/** `POST /wix-data/v2/items/save`: update, or insert when there is no item. */
export async function saveDataItem(call: Call): Promise<Response> {
  const { collection, dataItem, saveReferences } = await readWrite(call);
  const saved = save(call, collection, dataItem, saveReferences);
  const action = saved.isNew ? "INSERTED" : "UPDATED";
  return writeReply({ action, dataItem: itemView(saved.item) });
}

const REMOVE = dataRequest({ dataItemId: v.optional(v.unknown()) });

/** `POST /wix-data/v2/items/remove`; the SDK turns the 404 into null. */
export async function removeDataItem(call: Call): Promise<Response> {
  const sent = validate(REMOVE, await readJson(call.request));
  const collection = requireCollection(call, sent.dataCollectionId);
  return written(remove(call, collection, textIn(sent.dataItemId) ?? ""));
}

const TRUNCATE = dataRequest({});

/** `POST /wix-data/v2/items/truncate`: removes all that the caller may. */
export async function truncateCollection(call: Call): Promise<Response> {
  const sent = validate(TRUNCATE, await readJson(call.request));
  const collection = requireCollection(call, sent.dataCollectionId);
  const isAllowed = allowedItems(call, collection, "remove");
  const { dataItems } = call.backend.store;
  for (const item of dataItems.list) {
    if (item.dataCollectionId === collection.id && isAllowed(item)) {
      dataItems.delete(itemKey(item));
    }
  }
  return writeReply({});
}

async function readWrite(call: Call) {
  const sent = validate(WRITE, await readJson(call.request));
  const collection = requireCollection(call, sent.dataCollectionId);
  return { ...sent, collection };
}

/** Inserts an item; throws when its id is taken or the caller may not. */
export function insert(
  call: Call,
  collection: DataCollection,
  { id: sentId, data }: SentItem,
  saveReferences: boolean,
): DataItem {
  const { identity, backend } = call;
  allowedItems(call, collection, "insert");
  const id = sentId ?? backend.newId();
  if (findItem(call, collection, id)) {
    throw applicationError(
      409,
      "WDE0074",
      `WDE0074: An item with _id [${id}] already exists in collection ` +
        `[${collection.id}].`,
    );
  }
  const owner = identity.kind === "member"
    ? identity.memberId
    : identity.kind === "visitor"
    ? identity.visitorId
    : backend.site.ownerId;
  const _createdDate = { $date: backend.isoNow };
  const item = {
    id,
    dataCollectionId: collection.id,
    owner,
    data: { ...data, _id: id, _owner: owner, _createdDate },
  };
  return keep(call, withReferences(collection, item, saveReferences));
}

/** Replaces an item's data; throws when there is none or the caller may not. */
export function update(
  call: Call,
  collection: DataCollection,
  { id = "", data }: SentItem,
  saveReferences: boolean,
): DataItem {
  const present = requireItem(call, collection, id, "update");
  const item = { ...present, data: { ...data, ...systemFields(present) } };
  return keep(call, withReferences(collection, item, saveReferences));
}

/** Updates an item, or inserts it when there is none. */
export function save(
  call: Call,
  collection: DataCollection,
  sent: SentItem,
  saveReferences: boolean,
): { readonly isNew: boolean; readonly item: DataItem } {
  const isNew = !findItem(call, collection, sent.id ?? "");
  const write = isNew ? insert : update;
  return { isNew, item: write(call, collection, sent, saveReferences) };
}

/** Removes an item; throws when there is none or the caller may not. */
export function remove(
  call: Call,
  collection: DataCollection,
  id: string,
): DataItem {
  const item = requireItem(call, collection, id, "remove");
  call.backend.store.dataItems.delete(itemKey(item));
  return item;
}

/** The fields that Wix keeps, whatever is sent. */
export function systemFields({ data }: DataItem): JsonObject {
  const { _id, _owner, _createdDate } = data;
  return { _id, _owner, _createdDate };
}

/** Stores an item as updated now. */
export function keep({ backend }: Call, item: DataItem): DataItem {
  const _updatedDate = { $date: backend.isoNow };
  const kept = { ...item, data: { ...item.data, _updatedDate } };
  backend.store.dataItems.set(itemKey(kept), kept);
  return kept;
}

/** The reply to a write of one item. */
export function written(item: DataItem): Response {
  return writeReply({ dataItem: itemView(item) });
}
