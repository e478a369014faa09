import type { Call } from "../call.ts";
import { notFound, type WixError } from "../http/errors.ts";
import { reply } from "../http/reply.ts";
import { readQuery } from "../http/request.ts";
import {
  allowedItems,
  type DataCollection,
  requireCollection,
} from "./collection.ts";
import { itemKey, itemView } from "./item.ts";

/** `GET /wix-data/v2/items/{id}`; the SDK turns the 404 into null. */
export function getDataItem(call: Call): Response {
  const { dataCollectionId } = readQuery(call.url);
  const collection = requireCollection(dataCollectionId);
  const isAllowed = allowedItems(call, collection, "read");
  const id = call.params.id ?? "";
  const item = call.backend.store.dataItems.get(
    itemKey({ dataCollectionId: collection.id, id }),
  );
  if (!item || !isAllowed(item)) throw noItem(collection, id);
  return reply({ dataItem: itemView(item) });
}

/** The error for an item that does not exist, or is not the caller's. */
export function noItem(collection: DataCollection, id: string): WixError {
  return notFound(
    "WDE0073",
    `WDE0073: Item [${id}] does not exist in collection [${collection.id}].`,
  );
}
