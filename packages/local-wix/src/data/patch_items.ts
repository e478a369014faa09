import * as v from "valibot";
import type { Call } from "../call.ts";
import { invalidField } from "../http/errors.ts";
import { isRecord, type JsonObject, textOf } from "../http/json.ts";
import { readJson } from "../http/request.ts";
import { carriedObject, requiredText, validate } from "../http/validate.ts";
import { dataRequest, requireCollection, requireItem } from "./collection.ts";
import type { DataCollection, DataItem } from "./item.ts";
import { keep, systemFields, written } from "./write_items.ts";

/** A longer path would overflow the stack. */
const MAX_PATH = 500;

const VALUE = v.optional(v.object({ value: v.optional(v.unknown(), null) }));
const NUMBER = v.optional(v.object({ value: v.number() }));

const MODIFICATION = v.object({
  fieldPath: v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_PATH)),
  action: v.picklist([
    "SET_FIELD",
    "REMOVE_FIELD",
    "INCREMENT_FIELD",
    "APPEND_TO_ARRAY",
    "REMOVE_FROM_ARRAY",
  ]),
  setFieldOptions: VALUE,
  incrementFieldOptions: NUMBER,
  appendToArrayOptions: VALUE,
  removeFromArrayOptions: VALUE,
});

type Modification = v.InferOutput<typeof MODIFICATION>;

/** The changes to one item. */
export const PATCH = carriedObject({
  dataItemId: requiredText,
  fieldModifications: v.array(MODIFICATION),
});

const REQUEST = dataRequest({ patch: PATCH });

/** `POST /wix-data/v2/items/patch`: the fields that it does not name stay. */
export async function patchDataItem(call: Call): Promise<Response> {
  const sent = validate(REQUEST, await readJson(call.request));
  const collection = requireCollection(call, sent.dataCollectionId);
  return written(patch(call, collection, sent.patch));
}

/**
 * Changes some fields of an item; throws when there is none or the caller may
 * not.
 *
 * UNDOCUMENTED: a field of another type than the change needs. Here it is 400;
 * an absent one counts as 0 or as an empty list.
 */
export function patch(
  call: Call,
  collection: DataCollection,
  { dataItemId, fieldModifications }: v.InferOutput<typeof PATCH>,
): DataItem {
  const item = requireItem(call, collection, dataItemId, "update");
  const data = fieldModifications.reduce<JsonObject>(
    (changed, modification) =>
      changeAt(
        changed,
        modification.fieldPath.split("."),
        (value) => changedValue(value, modification),
      ),
    item.data,
  );
  return keep(call, { ...item, data: { ...data, ...systemFields(item) } });
}

function changeAt(
  data: JsonObject,
  [name = "", ...below]: string[],
  change: (value: unknown) => unknown,
): JsonObject {
  const present = Object.hasOwn(data, name) ? data[name] : undefined;
  const value = below.length === 0
    ? change(present)
    : changeAt(isRecord(present) ? present : {}, below, change);
  const { [name]: _old, ...rest } = data;
  return value === undefined ? rest : { ...rest, [name]: value };
}

function changedValue(value: unknown, sent: Modification): unknown {
  const { action, fieldPath } = sent;
  if (action === "REMOVE_FIELD") return undefined;
  if (action === "SET_FIELD") return sent.setFieldOptions?.value ?? null;
  if (action === "INCREMENT_FIELD") {
    const by = sent.incrementFieldOptions?.value ?? 0;
    if (value === undefined || typeof value === "number") {
      return (value ?? 0) + by;
    }
    throw invalidField(fieldPath, `${fieldPath} is not a number`);
  }
  const items = value ?? [];
  if (!Array.isArray(items)) {
    throw invalidField(fieldPath, `${fieldPath} is not a list`);
  }
  if (action === "APPEND_TO_ARRAY") {
    return [...items, sent.appendToArrayOptions?.value ?? null];
  }
  const removed = textOf(sent.removeFromArrayOptions?.value);
  return items.filter((item) => textOf(item) !== removed);
}
