import * as v from "valibot";
import type { Call } from "../call.ts";
import { applicationError, notFound, type WixError } from "../http/errors.ts";
import { isElevated } from "../identity/identity.ts";
import { carriedObject } from "../http/validate.ts";
import {
  type DataCollection,
  type DataItem,
  itemKey,
  type ReferenceField,
} from "./item.ts";

/**
 * The fields that every request may have besides `dataCollectionId`. Local Wix
 * has no hooks to suppress, and each of its reads sees every write.
 */
const COMMON = {
  dataCollectionId: v.optional(v.unknown()),
  environment: v.optional(v.literal("LIVE")),
  suppressHooks: v.optional(v.unknown()),
  consistentRead: v.optional(v.unknown()),
};

/** A request to the data API with these fields: another one is a 501. */
export function dataRequest<const Entries extends v.ObjectEntries>(
  entries: Entries,
) {
  return carriedObject({ ...COMMON, ...entries });
}

/** What can be done with a collection's items. */
export type DataAction = keyof DataCollection["permissions"];

/**
 * The collection of this name.
 *
 * UNDOCUMENTED: the code for a collection that does not exist. Here WDE0025.
 */
export function requireCollection(
  { backend }: Call,
  id: unknown,
): DataCollection {
  const collection = backend.store.collections.find((item) => item.id === id);
  if (collection) return collection;
  throw notFound("WDE0025", `WDE0025: The ${id} collection does not exist.`);
}

/**
 * Which of the collection's items the caller may use for `action`: all, their
 * own, or none, which throws.
 *
 * UNDOCUMENTED: the code of a refused call, and visitors in a collection for
 * authors. Here the code is WDE0027, and visitors are no authors.
 */
export function allowedItems(
  { identity }: Call,
  { id, permissions }: DataCollection,
  action: DataAction,
): (item: DataItem) => boolean {
  const role = permissions[action];
  if (isElevated(identity) || role === "ANYONE") return () => true;
  if (identity.kind === "member" && role === "SITE_MEMBER") return () => true;
  if (identity.kind === "member" && role === "SITE_MEMBER_AUTHOR") {
    return ({ owner }) => owner === identity.memberId;
  }
  throw applicationError(
    403,
    "WDE0027",
    `WDE0027: The current user does not have permissions to ${action} ` +
      `on the ${id} collection.`,
  );
}

/** The error for an item that does not exist, or is not the caller's. */
export function noItem(collection: DataCollection, id: string): WixError {
  return notFound(
    "WDE0073",
    `WDE0073: Item [${id}] does not exist in collection [${collection.id}].`,
  );
}

/** The item with this id; undefined when there is none. */
export function findItem(
  { backend }: Call,
  collection: DataCollection,
  id: string,
): DataItem | undefined {
  const key = itemKey({ dataCollectionId: collection.id, id });
  return backend.store.dataItems.get(key);
}

/** The item with this id, if the caller may use it for `action`. */
export function requireItem(
  call: Call,
  collection: DataCollection,
  id: string,
  action: DataAction,
): DataItem {
  const isAllowed = allowedItems(call, collection, action);
  const item = findItem(call, collection, id);
  if (item && isAllowed(item)) return item;
  throw noItem(collection, id);
}

/** The reference field of this name; undefined when it is none. */
export function referenceField(
  { references = {} }: DataCollection,
  name: string,
): ReferenceField | undefined {
  return Object.hasOwn(references, name) ? references[name] : undefined;
}
