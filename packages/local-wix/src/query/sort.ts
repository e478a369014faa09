import { invalidField } from "../http/errors.ts";
import { isRecord, textOf } from "../http/json.ts";
import { compareValues, valuesAt } from "./values.ts";

/** One step of an ordering. */
export interface SortStep {
  readonly fieldName: string;
  readonly order: "ASC" | "DESC";
}

/** What an API allows a client to sort by; `*` is everything. */
export interface SortRules {
  readonly fields: "*" | readonly string[];
  readonly max: number;
}

/** The sort steps in a request; throws when a step is not allowed. */
export function readSort(sort: unknown, rules: SortRules): SortStep[] {
  if (sort === undefined || sort === null) return [];
  if (!Array.isArray(sort)) throw invalidField("sort", "sort must be a list");
  if (sort.length > rules.max) {
    const text = `sort takes at most ${rules.max} fields`;
    throw invalidField("sort", text, "MAX_SIZE", { threshold: rules.max });
  }
  return sort.map((step) => {
    const fieldName = isRecord(step) ? step.fieldName : undefined;
    const { fields } = rules;
    const isAllowed = (name: string) => fields === "*" || fields.includes(name);
    if (typeof fieldName !== "string" || !isAllowed(fieldName)) {
      throw invalidField("sort", `Cannot sort by ${textOf(fieldName)}`);
    }
    return { fieldName, order: isDescending(step) ? "DESC" : "ASC" };
  });
}

function isDescending(step: unknown): boolean {
  return isRecord(step) && textOf(step.order).toUpperCase() === "DESC";
}

/** The values that decide where a record stands; its id breaks ties. */
export type SortKey = readonly unknown[];

/** Where `record` stands in an ordering by `steps`. */
export function sortKey(
  record: { readonly id: string },
  steps: readonly SortStep[],
): SortKey {
  const values = steps.map(({ fieldName }) =>
    valuesAt(record, fieldName)[0] ?? null
  );
  return [...values, record.id];
}

/** Compares two places in an ordering by `steps`. */
export function compareKeys(
  a: SortKey,
  b: SortKey,
  steps: readonly SortStep[],
): number {
  for (const [index, { order }] of steps.entries()) {
    const difference = compareNullable(a[index], b[index]);
    if (difference !== 0) return order === "DESC" ? -difference : difference;
  }
  return compareValues(a[steps.length], b[steps.length]);
}

/** UNDOCUMENTED: where a sort puts records without a value. Here before others. */
function compareNullable(a: unknown, b: unknown): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  return compareValues(a, b);
}

/** `records` in the order of `steps`. */
export function sortBy<T extends { readonly id: string }>(
  records: readonly T[],
  steps: readonly SortStep[],
): T[] {
  return records
    .map((record) => ({ record, key: sortKey(record, steps) }))
    .sort((a, b) => compareKeys(a.key, b.key, steps))
    .map(({ record }) => record);
}
