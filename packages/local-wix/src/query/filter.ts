import { invalidField } from "../http/errors.ts";
import { isRecord } from "../http/json.ts";
import { OPERATORS } from "./operators.ts";
import { valuesAt } from "./values.ts";

/** Which operators an API lets a filter use on which field; `*` is any. */
export type FilterFields =
  | "*"
  | Readonly<Record<string, "*" | readonly string[]>>;

/** Decides whether a record passes a filter. */
export type Matcher = (record: unknown) => boolean;

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
  const allowed = allowedOperators(field, fields);
  if (!allowed) throw invalidField("filter", `Cannot filter by ${field}`);
  const tests = conditions(operand).map(([name, value]) => {
    const operator = OPERATORS.get(name);
    if (!operator || (allowed !== "*" && !allowed.includes(name))) {
      throw invalidField("filter", `Cannot use ${name} on ${field}`);
    }
    return operator(value);
  });
  return (record) => {
    const values = valuesAt(record, field);
    return tests.every((test) => test(values));
  };
}

function allowedOperators(field: string, fields: FilterFields) {
  if (fields === "*") return fields;
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}

/** `{field: value}` is short for `{field: {$eq: value}}`. */
function conditions(operand: unknown): [string, unknown][] {
  return isRecord(operand) ? Object.entries(operand) : [["$eq", operand]];
}
