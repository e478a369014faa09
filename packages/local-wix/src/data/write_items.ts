import type { Call } from "../call.ts";
import { applicationError, invalidField, WixError } from "../http/errors.ts";
import type { JsonObject } from "../http/json.ts";
import { objectIn, textIn } from "../http/parse.ts";
import { writeReply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import {
  allowedItems,
  type DataCollection,
  requireCollection,
} from "./collection.ts";
import { noItem } from "./get_item.ts";
import { type DataItem, itemKey, itemView } from "./item.ts";

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
  return written(update(call, collection, { id, data }));
}

/** `POST /wix-data/v2/items/save`: update, or insert when there is no item. */
export async function saveDataItem(call: Call): Promise<Response> {
  const { collection, id, data } = await readWrite(call);
  const isNew = !find(call, collection, id);
  if (isNew) allowedItems(call, collection, "insert");
  const item = isNew
    ? insert(call, collection, data)
    : update(call, collection, { id, data });
  return writeReply({
    action: isNew ? "INSERT" : "UPDATE",
    dataItem: itemView(item),
  });
}

/** `POST /wix-data/v2/items/remove`; the SDK turns the 404 into null. */
export async function removeDataItem(call: Call): Promise<Response> {
  const { dataCollectionId, dataItemId } = await readJson(call.request);
  const collection = requireCollection(dataCollectionId);
  const isAllowed = allowedItems(call, collection, "remove");
  const id = textIn(dataItemId) ?? "";
  const item = find(call, collection, id);
  if (!item || !isAllowed(item)) throw noItem(collection, id);
  call.backend.store.dataItems.delete(itemKey(item));
  return written(item);
}

/** `POST /wix-data/v2/bulk/items/insert`: each item for itself. */
export async function bulkInsertDataItems(call: Call): Promise<Response> {
  const { dataCollectionId, dataItems } = await readJson(call.request);
  const collection = requireCollection(dataCollectionId);
  allowedItems(call, collection, "insert");
  if (!Array.isArray(dataItems) || dataItems.length > MAX_ITEMS) {
    const text = `dataItems must be a list of up to ${MAX_ITEMS}`;
    throw invalidField("dataItems", text, "MAX_SIZE", { threshold: MAX_ITEMS });
  }
  const results = dataItems.map((sent, originalIndex) => {
    const { data } = objectIn(sent, `dataItems[${originalIndex}]`);
    try {
      const { id } = insert(call, collection, objectIn(data, "data"));
      const itemMetadata = { id, originalIndex, success: true };
      return { action: "INSERT", itemMetadata };
    } catch (error) {
      if (!(error instanceof WixError)) throw error;
      const { applicationError } = error.details;
      return {
        action: "INSERT",
        itemMetadata: {
          originalIndex,
          success: false,
          error: applicationError,
        },
      };
    }
  });
  const totalSuccesses =
    results.filter(({ itemMetadata }) => itemMetadata.success).length;
  const totalFailures = results.length - totalSuccesses;
  return writeReply({
    results,
    bulkActionMetadata: { totalSuccesses, totalFailures },
  });
}

interface Write {
  readonly collection: DataCollection;
  readonly id: string;
  readonly data: JsonObject;
}

async function readWrite({ request }: Call): Promise<Write> {
  const body = await readJson(request);
  const collection = requireCollection(body.dataCollectionId);
  const { id, data } = objectIn(body.dataItem, "dataItem");
  const fields = objectIn(data, "dataItem.data");
  return {
    collection,
    id: textIn(id) ?? textIn(fields._id) ?? "",
    data: fields,
  };
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
  const id = textIn(data._id) ?? call.backend.newId();
  if (find(call, collection, id)) {
    throw applicationError(
      409,
      "WDE0074",
      `WDE0074: An item with _id [${id}] already exists in collection ` +
        `[${collection.id}].`,
    );
  }
  const owner = ownerOf(call);
  return keep(call, {
    id,
    dataCollectionId: collection.id,
    owner,
    data: { ...data, _id: id, _owner: owner, _createdDate: now(call) },
  });
}

function update(
  call: Call,
  collection: DataCollection,
  { id, data }: Pick<Write, "id" | "data">,
): DataItem {
  const isAllowed = allowedItems(call, collection, "update");
  const present = find(call, collection, id);
  if (!present || !isAllowed(present)) throw noItem(collection, id);
  const { _id, _owner, _createdDate } = present.data;
  return keep(call, {
    ...present,
    data: { ...data, _id, _owner, _createdDate },
  });
}

function keep(call: Call, item: DataItem): DataItem {
  const kept = { ...item, data: { ...item.data, _updatedDate: now(call) } };
  call.backend.store.dataItems.set(itemKey(kept), kept);
  return kept;
}

function written(item: DataItem): Response {
  return writeReply({ dataItem: itemView(item) });
}

function now({ backend }: Call) {
  return { $date: new Date(backend.now()).toISOString() };
}

function ownerOf({ identity, backend }: Call): string {
  switch (identity.kind) {
    case "member":
      return identity.memberId;
    case "visitor":
      return identity.visitorId;
    default:
      return backend.site.ownerId;
  }
}
