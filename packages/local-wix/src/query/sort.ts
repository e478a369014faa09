import * as v from "valibot";
import { invalidField } from "../http/errors.ts";
import { type Schema, validate } from "../http/validate.ts";
import {
  compareValues,
  declaredType,
  type FieldType,
  valuesAt,
} from "./filter.ts";

/** One step of an ordering. */
export interface SortStep {
  readonly fieldName: string;
  readonly order: "ASC" | "DESC";
  /** What the field's texts stand for. */
  readonly type?: FieldType;
}

/** What an API allows a client to sort by; `*` is everything. */
export interface SortRules {
  readonly fields: "*" | readonly string[];
  readonly max: number;
}

const STEPS: Schema<SortStep[]> = v.nullish(
  v.array(v.object({
    fieldName: v.string(),
    order: v.fallback(
      v.pipe(v.string(), v.toUpperCase(), v.picklist(["ASC", "DESC"])),
      "ASC",
    ),
  })),
  [],
);

/** The sort steps in a request; throws when a step is not allowed. */
export function readSort(
  sort: unknown,
  { fields, max }: SortRules,
): SortStep[] {
  const steps = validate(STEPS, sort, "sort");
  if (steps.length > max) {
    const text = `sort takes at most ${max} fields`;
    throw invalidField("sort", text, "MAX_SIZE", { threshold: max });
  }
  for (const { fieldName } of steps) {
    if (fields === "*" || fields.includes(fieldName)) continue;
    throw invalidField("sort", `Cannot sort by ${fieldName}`);
  }
  // A data collection declares no types.
  if (fields === "*") return steps;
  return steps.map((step) => ({ ...step, type: declaredType(step.fieldName) }));
}

/** The values that decide a record's position; its id breaks ties. */
export type SortKey = readonly unknown[];

/** The position of `record` in an ordering by `steps`. */
export function sortKey(
  record: { readonly id: string },
  steps: readonly SortStep[],
): SortKey {
  const values = steps.map(({ fieldName }) =>
    valuesAt(record, fieldName)[0] ?? null
  );
  return [...values, record.id];
}

/** Compares two positions in an ordering by `steps`. */
export function compareKeys(
  a: SortKey,
  b: SortKey,
  steps: readonly SortStep[],
): number {
  for (const [index, { order, type }] of steps.entries()) {
    const difference = compareNullable(a[index], b[index], type);
    if (difference !== 0) return order === "DESC" ? -difference : difference;
  }
  return compareValues(a[steps.length], b[steps.length]);
}

/** UNDOCUMENTED: where a sort puts records without a value. Here before others. */
function compareNullable(
  a: unknown,
  b: unknown,
  type: FieldType,
): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  return compareValues(a, b, type);
}

/** `records` in the order of `steps`; by id when there are none. */
export function sortBy<T extends { readonly id: string }>(
  records: readonly T[],
  steps: readonly SortStep[],
): T[] {
  return records
    .map((record) => ({ record, key: sortKey(record, steps) }))
    .sort((a, b) => compareKeys(a.key, b.key, steps))
    .map(({ record }) => record);
}
