import type { JsonObject } from "../http/json.ts";

/** A role in the permissions of a collection, in the words of Wix. */
export type DataRole =
  | "ANYONE"
  | "SITE_MEMBER"
  | "SITE_MEMBER_AUTHOR"
  | "ADMIN";

/** A data collection: its name and who may use it. */
export interface DataCollection {
  readonly id: string;
  readonly permissions: Readonly<
    Record<"read" | "insert" | "update" | "remove", DataRole>
  >;
}

/** An item of a data collection. */
export interface DataItem {
  readonly id: string;
  readonly dataCollectionId: string;
  /** The member or visitor who inserted it, or the app. */
  readonly owner: string;
  /** The item as it travels, with `_id`, `_owner` and dates as `$date`. */
  readonly data: JsonObject;
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
): Omit<DataItem, "owner"> {
  return { id, dataCollectionId, data };
}
