import type { JsonObject } from "../http/json.ts";

/** A role in the permissions of a collection, in the words of Wix. */
export type DataRole =
  | "ANYONE"
  | "SITE_MEMBER"
  | "SITE_MEMBER_AUTHOR"
  | "ADMIN";

/** A field that refers to items of a collection: to one of them, or to many. */
export interface ReferenceField {
  readonly collection: string;
  readonly many: boolean;
}

/** A data collection: its name, who may use it, and where its fields refer to. */
export interface DataCollection {
  readonly id: string;
  readonly references?: Readonly<Record<string, ReferenceField>>;
  readonly permissions: Readonly<
    Record<"read" | "insert" | "update" | "remove", DataRole>
  >;
}

/** Everyone may read, the site's owner alone may write. */
export const WRITTEN_BY_OWNER = {
  read: "ANYONE",
  insert: "ADMIN",
  update: "ADMIN",
  remove: "ADMIN",
} as const satisfies DataCollection["permissions"];

/** An item of a data collection. */
export interface DataItem {
  readonly id: string;
  readonly dataCollectionId: string;
  /** The member or visitor who inserted it, or the app. */
  readonly owner: string;
  /** The item as it travels, with `_id`, `_owner` and dates as `$date`. */
  readonly data: JsonObject;
  /** Ids of the items that each multi-reference field refers to. */
  readonly references?: Readonly<Record<string, readonly string[]>>;
}

/** The key under which a store keeps an item. */
export function itemKey(
  { dataCollectionId, id }: Pick<DataItem, "dataCollectionId" | "id">,
): string {
  return `${dataCollectionId}/${id}`;
}

/** `item` as a reply has it. */
export function itemView(
  { id, dataCollectionId, data }: DataItem,
): Pick<DataItem, "id" | "dataCollectionId" | "data"> {
  return { id, dataCollectionId, data };
}
