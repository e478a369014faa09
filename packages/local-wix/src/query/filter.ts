import { invalidField } from "../http/errors.ts";
import { isRecord, textOf } from "../http/json.ts";

/** Which operators an API lets a filter use on which field; `*` is any. */
export type FilterFields =
  | "*"
  | Readonly<Record<string, "*" | readonly string[]>>;

/** Operators of fields that are compared for equality only. */
export const EQUALITY = ["$eq", "$ne", "$in", "$nin", "$exists"] as const;

/** Operators of fields with one value. */
const COMPARISON = [
  ...EQUALITY,
  "$gt",
  "$gte",
  "$lt",
  "$lte",
  "$startsWith",
  "$isEmpty",
] as const;

/** The rule of fields with one value, which take any comparison. */
export function comparable(
  ...names: readonly string[]
): Record<string, readonly string[]> {
  return Object.fromEntries(names.map((name) => [name, COMPARISON]));
}

/** Decides whether a record passes a filter. */
export type Matcher = (record: unknown) => boolean;

/** Given a filter's operand, a test of the values that a record has. */
type Operator = (operand: unknown, type: FieldType) => Test;
type Test = (values: readonly unknown[]) => boolean;

/**
 * The matcher for a filter in Wix's query language. Throws when the filter
 * names a field or an operator that the API does not know.
 *
 * @see https://dev.wix.com/docs/rest/articles/get-started/api-query-language
 */
export function compileFilter(filter: unknown, fields: FilterFields): Matcher {
  if (filter === undefined || filter === null) return () => true;
  if (!isRecord(filter)) {
    throw invalidField("filter", "filter must be an object");
  }
  const matchers = Object.entries(filter).map(([key, operand]) =>
    key.startsWith("$")
      ? compileLogical(key, operand, fields)
      : compileField(key, operand, fields)
  );
  return (record) => matchers.every((matches) => matches(record));
}

/** Whether `filter` says anything about `field`. */
export function mentionsField(filter: unknown, field: string): boolean {
  if (Array.isArray(filter)) {
    return filter.some((part) => mentionsField(part, field));
  }
  if (!isRecord(filter)) return false;
  return Object.entries(filter).some(([key, value]) =>
    key === field || key.startsWith("$") && mentionsField(value, field)
  );
}

function compileLogical(
  key: string,
  operand: unknown,
  fields: FilterFields,
): Matcher {
  if (key === "$not") {
    // The data API sends a list with one filter.
    const part = Array.isArray(operand) ? { $and: operand } : operand;
    const matches = compileFilter(part, fields);
    return (record) => !matches(record);
  }
  if (key !== "$and" && key !== "$or") {
    throw invalidField("filter", `Unknown operator ${key}`);
  }
  if (!Array.isArray(operand)) {
    throw invalidField("filter", `${key} needs a list of filters`);
  }
  const parts = operand.map((part) => compileFilter(part, fields));
  return key === "$and"
    ? (record) => parts.every((matches) => matches(record))
    : (record) => parts.some((matches) => matches(record));
}

function compileField(
  field: string,
  operand: unknown,
  fields: FilterFields,
): Matcher {
  const allowed = fields === "*"
    ? fields
    : Object.hasOwn(fields, field)
    ? fields[field]
    : undefined;
  if (!allowed) throw invalidField("filter", `Cannot filter by ${field}`);
  // `{field: value}` is short for `{field: {$eq: value}}`.
  const isValue = !isRecord(operand) || operand instanceof Date;
  const conditions = isValue ? { $eq: operand } : operand;
  // Newer APIs, which declare the operators of each field, take one of them.
  if (allowed !== "*" && Object.keys(conditions).length > 1) {
    const text = `${field} accepts one operator; combine several with $and`;
    throw invalidField("filter", text);
  }
  // A data collection declares no types: its values have those of JSON.
  const type = fields === "*" ? undefined : declaredType(field);
  const tests = Object.entries(conditions).map(([name, value]) => {
    const operator = OPERATORS.get(name);
    if (!operator || (allowed !== "*" && !allowed.includes(name))) {
      throw invalidField("filter", `Cannot use ${name} on ${field}`);
    }
    return operator(value, type);
  });
  return (record) => {
    const values = valuesAt(record, field);
    return tests.every((test) => test(values));
  };
}

/** The field operators of Wix's query language. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ["$eq", equals],
  ["$ne", (operand, type) => not(equals(operand, type))],
  ["$gt", ordered((difference) => difference > 0)],
  ["$gte", ordered((difference) => difference >= 0)],
  ["$lt", ordered((difference) => difference < 0)],
  ["$lte", ordered((difference) => difference <= 0)],
  ["$in", isOneOf],
  ["$nin", (operand, type) => not(isOneOf(operand, type))],
  ["$hasSome", isOneOf],
  [
    "$hasAll",
    (operand, type) => (values) =>
      list(operand).every((wanted) =>
        values.some((value) => compareValues(value, wanted, type) === 0)
      ),
  ],
  ["$startsWith", (operand) => someText((text) => text.startsWith, operand)],
  ["$endsWith", (operand) => someText((text) => text.endsWith, operand)],
  ["$contains", (operand) => someText((text) => text.includes, operand)],
  ["$matchItems", matchItems],
  [
    "$isEmpty",
    (operand) => (values) =>
      values.every((value) => value === "") === (operand !== false),
  ],
  [
    "$exists",
    (operand) => (values) => (values.length > 0) === (operand !== false),
  ],
]);

/** A null operand matches records that have no value. */
function equals(operand: unknown, type: FieldType): Test {
  if (operand === null) return (values) => values.length === 0;
  return some((value) => compareValues(value, operand, type) === 0);
}

function isOneOf(operand: unknown, type: FieldType): Test {
  const wanted = list(operand).map((item) => equals(item, type));
  return (values) => wanted.some((test) => test(values));
}

/**
 * UNDOCUMENTED: an operand of another type than the value, such as `"abc"` and
 * `{$gt: 5}`. Here neither is greater, and they are not equal.
 */
function ordered(holds: (difference: number) => boolean): Operator {
  return (operand, type) =>
    some((value) => {
      const isSameKind = kindOf(measure(value, type)) ===
        kindOf(measure(operand, type));
      return isSameKind && holds(compareValues(value, operand, type));
    });
}

/**
 * UNDOCUMENTED: several conditions of `$matchItems`. Here each must match an
 * item.
 */
function matchItems(operand: unknown): Test {
  const wanted = list(operand).map((part) => compileFilter(part, "*"));
  return (values) => wanted.every((matches) => values.some(matches));
}

function some(test: (value: unknown) => boolean): Test {
  return (values) => values.some(test);
}

function someText(
  method: (text: string) => (wanted: string) => boolean,
  operand: unknown,
) {
  const wanted = textOf(operand).toLowerCase();
  return some((value) => {
    const text = textOf(value).toLowerCase();
    return method(text).call(text, wanted);
  });
}

function not(test: Test): Test {
  return (values) => !test(values);
}

function list(operand: unknown): readonly unknown[] {
  if (Array.isArray(operand)) return operand;
  throw invalidField("filter", "This operator needs a list of values");
}

/** The values at a dotted path; a list on the way contributes each item. */
export function valuesAt(record: unknown, path: string): readonly unknown[] {
  const found = path.split(".").reduce<readonly unknown[]>(
    (values, name) =>
      values.flatMap((value) =>
        isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
      ),
    [record],
  );
  return found.filter((value) => value !== undefined && value !== null);
}

/** What a field's texts stand for; without one they are texts. */
export type FieldType = "decimal" | "date" | undefined;

/**
 * What the texts of a REST field stand for. Wix declares amounts and order
 * numbers as decimals and names timestamps `…Date`; all others are texts.
 */
export function declaredType(field: string): FieldType {
  if (field.endsWith("Date")) return "date";
  return /(?:^|\.)(?:amount|number)$/.test(field) ? "decimal" : undefined;
}

/**
 * Negative, zero or positive, as `a` sorts before, with or after `b`. Values of
 * different types are never equal: `"7"` sorts after 7.
 */
export function compareValues(
  a: unknown,
  b: unknown,
  type?: FieldType,
): number {
  const [left, right] = [measure(a, type), measure(b, type)];
  const difference = kindOf(left) - kindOf(right);
  if (difference !== 0) return difference;
  if (left instanceof Date) return left.getTime() - Number(right);
  if (typeof left === "number") return left - Number(right);
  const [first, second] = [textOf(left), textOf(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}

const DECIMAL = /^-?\d+(\.\d+)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}(?:T|$)/;

/** A value that can be compared, of the type that its field declares. */
function measure(value: unknown, type: FieldType): unknown {
  if (typeof value !== "string") return value;
  if (type === "decimal" && DECIMAL.test(value)) return Number(value);
  return type === "date" && DATE.test(value) ? new Date(value) : value;
}

/** The order of types, in which values of different ones are sorted. */
function kindOf(value: unknown): number {
  if (value instanceof Date) return 2;
  return ["boolean", "number", "date", "string"].indexOf(typeof value);
}
