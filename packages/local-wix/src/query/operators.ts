import { invalidField } from "../http/errors.ts";
import { compareValues } from "./values.ts";
import { textOf } from "../http/json.ts";

/** Given a filter's operand, a test of the values that a record has. */
export type Operator = (
  operand: unknown,
) => (values: readonly unknown[]) => boolean;

/** The field operators of Wix's query language. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ["$eq", equals],
  ["$ne", (operand) => not(equals(operand))],
  ["$gt", (operand) => some((value) => compareValues(value, operand) > 0)],
  ["$gte", (operand) => some((value) => compareValues(value, operand) >= 0)],
  ["$lt", (operand) => some((value) => compareValues(value, operand) < 0)],
  ["$lte", (operand) => some((value) => compareValues(value, operand) <= 0)],
  ["$in", isOneOf],
  ["$nin", (operand) => not(isOneOf(operand))],
  ["$hasSome", isOneOf],
  [
    "$hasAll",
    (operand) => (values) =>
      list(operand).every((wanted) =>
        values.some((value) => same(value, wanted))
      ),
  ],
  [
    "$startsWith",
    (operand) => some((value) => lower(value).startsWith(lower(operand))),
  ],
  [
    "$endsWith",
    (operand) => some((value) => lower(value).endsWith(lower(operand))),
  ],
  [
    "$contains",
    (operand) => some((value) => lower(value).includes(lower(operand))),
  ],
  [
    "$exists",
    (operand) => (values) => (values.length > 0) === (operand !== false),
  ],
]);

/** A null operand asks for records that have no value. */
function equals(operand: unknown) {
  if (operand === null) return (values: readonly unknown[]) => !values.length;
  return some((value) => same(value, operand));
}

function isOneOf(operand: unknown) {
  const wanted = list(operand);
  return some((value) => wanted.some((item) => same(value, item)));
}

function same(value: unknown, operand: unknown): boolean {
  return value === operand || compareValues(value, operand) === 0;
}

function some(test: (value: unknown) => boolean) {
  return (values: readonly unknown[]) => values.some(test);
}

function not(test: (values: readonly unknown[]) => boolean) {
  return (values: readonly unknown[]) => !test(values);
}

function list(operand: unknown): readonly unknown[] {
  if (Array.isArray(operand)) return operand;
  throw invalidField("filter", "This operator needs a list of values");
}

function lower(value: unknown): string {
  return textOf(value).toLowerCase();
}
