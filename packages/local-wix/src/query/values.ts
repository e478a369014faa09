import { isRecord, textOf } from "../http/json.ts";

/** The values at a dotted path; a list on the way contributes each item. */
export function valuesAt(record: unknown, path: string): readonly unknown[] {
  const found = path.split(".").reduce<readonly unknown[]>(
    (values, name) => values.flatMap((value) => step(value, name)),
    [record],
  );
  return found.filter((value) => value !== undefined && value !== null);
}

function step(value: unknown, name: string): readonly unknown[] {
  const owner = isRecord(value) && Object.hasOwn(value, name);
  const child = owner ? value[name] : undefined;
  return Array.isArray(child) ? child : [child];
}

/**
 * Negative, zero or positive, as `a` sorts before, with or after `b`. Amounts,
 * order numbers and dates travel as strings and are compared by their value.
 */
export function compareValues(a: unknown, b: unknown): number {
  const [left, right] = [measure(a), measure(b)];
  if (left !== null && right !== null) return left - right;
  const [first, second] = [textOf(a), textOf(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

const NUMBER = /^-?\d+(\.\d+)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}T/;

function measure(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "string") return null;
  if (NUMBER.test(value)) return Number(value);
  return DATE.test(value) ? Date.parse(value) : null;
}
