import type { Call } from "../call.ts";
import { applicationError, invalidField, WixError } from "../http/errors.ts";
import { type JsonObject, textIn } from "../http/json.ts";
import { readJson } from "../http/request.ts";
import { writeReply } from "../http/response.ts";
import { objectIn } from "../http/validate.ts";
import { allowedItems, noItem, requireCollection } from "./collection.ts";
import {
  type DataCollection,
  type DataItem,
  itemKey,
  itemView,
} from "./item.ts";

const MAX_ITEMS = 1000;

/** `POST /wix-data/v2/items` */
export async function insertDataItem(call: Call): Promise<Response> {
  const { collection, data } = await readWrite(call);
  allowedItems(call, collection, "insert");
  return written(insert(call, collection, data));
}

/** `POST /wix-data/v2/items/update`: what is sent replaces the whole item. */
export async function updateDataItem(call: Call): Promise<Response> {
  const { collection, id, data } = await readWrite(call);
  return written(update(call, collection, id, data));
}

/** `POST /wix-data/v2/items/save`: update, or insert when there is no item. */
export async function saveDataItem(call: Call): Promise<Response> {
  const { collection, id, data } = await readWrite(call);
  const isNew = !find(call, collection, id);
  if (isNew) allowedItems(call, collection, "insert");
  const item = isNew
    ? insert(call, collection, data)
    : update(call, collection, id, data);
  const action = isNew ? "INSERT" : "UPDATE";
  return writeReply({ action, dataItem: itemView(item) });
}

/** `POST /wix-data/v2/items/remove`; the SDK turns the 404 into null. */
export async function removeDataItem(call: Call): Promise<Response> {
  const { dataCollectionId, dataItemId } = await readJson(call.request);
  const collection = requireCollection(call, dataCollectionId);
  const isAllowed = allowedItems(call, collection, "remove");
  const id = textIn(dataItemId) ?? "";
  const item = find(call, collection, id);
  if (!item || !isAllowed(item)) throw noItem(collection, id);
  call.backend.store.dataItems.delete(itemKey(item));
  return written(item);
}

/** `POST /wix-data/v2/bulk/items/insert`: each item by itself. */
export async function bulkInsertDataItems(call: Call): Promise<Response> {
  const { dataCollectionId, dataItems } = await readJson(call.request);
  const collection = requireCollection(call, dataCollectionId);
  allowedItems(call, collection, "insert");
  if (!Array.isArray(dataItems) || dataItems.length > MAX_ITEMS) {
    const text = `dataItems must be a list of up to ${MAX_ITEMS}`;
    throw invalidField("dataItems", text, "MAX_SIZE", { threshold: MAX_ITEMS });
  }
  const results = dataItems.map((sent, originalIndex) => {
    const { data } = objectIn(sent, `dataItems[${originalIndex}]`);
    try {
      const { id } = insert(call, collection, objectIn(data, "data"));
      return { id, originalIndex, success: true };
    } catch (error) {
      if (!(error instanceof WixError)) throw error;
      const { applicationError } = error.details;
      return { originalIndex, success: false, error: applicationError };
    }
  });
  const totalSuccesses = results.filter(({ success }) => success).length;
  const totalFailures = results.length - totalSuccesses;
  return writeReply({
    results: results.map((itemMetadata) => ({
      action: "INSERT",
      itemMetadata,
    })),
    bulkActionMetadata: { totalSuccesses, totalFailures },
  });
}

async function readWrite(call: Call) {
  const body = await readJson(call.request);
  const collection = requireCollection(call, body.dataCollectionId);
  const sent = objectIn(body.dataItem, "dataItem");
  const data = objectIn(sent.data, "dataItem.data");
  return { collection, id: textIn(sent.id) ?? textIn(data._id) ?? "", data };
}

function find(
  { backend }: Call,
  collection: DataCollection,
  id: string,
): DataItem | undefined {
  const key = itemKey({ dataCollectionId: collection.id, id });
  return backend.store.dataItems.get(key);
}

function insert(
  call: Call,
  collection: DataCollection,
  data: JsonObject,
): DataItem {
  const { identity, backend } = call;
  const id = textIn(data._id) ?? backend.newId();
  if (find(call, collection, id)) {
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
  return keep(call, {
    id,
    dataCollectionId: collection.id,
    owner,
    data: { ...data, _id: id, _owner: owner, _createdDate },
  });
}

function update(
  call: Call,
  collection: DataCollection,
  id: string,
  data: JsonObject,
): DataItem {
  const isAllowed = allowedItems(call, collection, "update");
  const present = find(call, collection, id);
  if (!present || !isAllowed(present)) throw noItem(collection, id);
  const { _id, _owner, _createdDate } = present.data;
  const merged = { ...data, _id, _owner, _createdDate };
  return keep(call, { ...present, data: merged });
}

function keep({ backend }: Call, item: DataItem): DataItem {
  const _updatedDate = { $date: backend.isoNow };
  const kept = { ...item, data: { ...item.data, _updatedDate } };
  backend.store.dataItems.set(itemKey(kept), kept);
  return kept;
}

function written(item: DataItem): Response {
  return writeReply({ dataItem: itemView(item) });
}
