import type { JsonObject } from "../http/json.ts";

/** An item of a data collection. */
export interface DataItem {
  readonly id: string;
  readonly dataCollectionId: string;
  /** The member or visitor who inserted it, or the app. */
  readonly owner: string;
  /** The item as it travels, with `_id`, `_owner` and dates as `$date`. */
  readonly data: JsonObject;
}

/** Under which key a store keeps an item. */
export function itemKey(
  { dataCollectionId, id }: Pick<DataItem, "dataCollectionId" | "id">,
): string {
  return `${dataCollectionId}/${id}`;
}

/** `item` as a reply has it. */
export function itemView({ id, dataCollectionId, data }: DataItem) {
  return { id, dataCollectionId, data };
}
