import { isRecord, type JsonObject } from "../http/json.ts";
import { objectIn } from "../http/validate.ts";
import type { DataItem } from "./item.ts";

/** The item itself among its fields: no field of a collection is a symbol. */
export const ITEM = Symbol("item");

/** An item's fields, as filters and sorts compare them. */
export type Fields = JsonObject & {
  readonly id: string;
  readonly [ITEM]: DataItem;
};

/** The fields of `item`, with ids in those that refer to many items. */
export function fieldsOf(item: DataItem): Fields {
  const { id, data, references } = item;
  const fields = objectIn(decode(data), "data");
  return { id, ...fields, ...references, [ITEM]: item };
}

/** `value` with each `{"$date": text}` as a date. */
export function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (!isRecord(value)) return value;
  if (typeof value.$date === "string") return new Date(value.$date);
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, decode(part)]),
  );
}

/** A field's value as it travels. */
export function encode(value: unknown): unknown {
  return value instanceof Date ? { $date: value.toJSON() } : value;
}

/** `item` with these fields alone, and its id; with all when none is named. */
export function project(item: DataItem, fields: readonly string[]): DataItem {
  if (fields.length === 0) return item;
  const data = Object.fromEntries(
    Object.entries(item.data).filter(([name]) =>
      name === "_id" || fields.includes(name)
    ),
  );
  return { ...item, data };
}
