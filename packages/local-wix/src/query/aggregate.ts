import * as v from "valibot";
import { invalidField, notImplemented } from "../http/errors.ts";
import { textOf } from "../http/json.ts";
import { type Schema, validate } from "../http/validate.ts";
import { compareValues, declaredType, valuesAt } from "./filter.ts";

const NUMBER = v.nullish(v.number());

const VALUE = v.object({
  sortType: v.optional(v.picklist(["COUNT", "VALUE"]), "COUNT"),
  sortDirection: v.optional(v.picklist(["ASC", "DESC"]), "DESC"),
  limit: v.nullish(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(250)),
    10,
  ),
  missingValues: v.optional(v.picklist(["EXCLUDE", "INCLUDE"]), "EXCLUDE"),
  includeOptions: v.optional(
    v.object({ addToBucket: v.optional(v.string(), "N/A") }),
    {},
  ),
});

const RANGE = v.object({
  buckets: v.array(v.object({ from: NUMBER, to: NUMBER })),
});

const SCALAR = v.object({
  type: v.picklist(["COUNT_DISTINCT", "MIN", "MAX"]),
});

const AGGREGATION = v.object({
  name: v.nullish(v.string(), ""),
  type: v.picklist(["VALUE", "RANGE", "SCALAR", "DATE_HISTOGRAM", "NESTED"]),
  fieldPath: v.optional(v.string(), ""),
  value: v.optional(VALUE, {}),
  range: v.optional(RANGE, { buckets: [] }),
  scalar: v.optional(SCALAR),
});

type Aggregation = v.InferOutput<typeof AGGREGATION>;

const AGGREGATIONS: Schema<Aggregation[]> = v.nullish(
  v.pipe(v.array(AGGREGATION), v.maxLength(10)),
  [],
);

/** Summaries of `records`, as `sent` requests them of `fields`. */
export function aggregate(
  records: readonly unknown[],
  sent: unknown,
  fields: readonly string[],
) {
  const aggregations = validate(AGGREGATIONS, sent, "search.aggregations");
  return {
    results: aggregations.map((aggregation) => {
      const { name, type, fieldPath } = aggregation;
      if (type === "NESTED" || type === "DATE_HISTOGRAM") {
        throw notImplemented("POST", "search", `aggregations of type ${type}`);
      }
      if (!fields.includes(fieldPath)) {
        throw invalidField("aggregations", `Cannot aggregate ${fieldPath}`);
      }
      const found = records.map((record) => valuesAt(record, fieldPath));
      return { name, type, fieldPath, ...resultOf(found, aggregation) };
    }),
  };
}

function resultOf(
  found: readonly (readonly unknown[])[],
  { type, fieldPath, value, range, scalar }: Aggregation,
) {
  const declared = declaredType(fieldPath);
  const compare = (a: unknown, b: unknown) => compareValues(a, b, declared);
  if (type === "VALUE") {
    return { values: { results: countValues(found, value, compare) } };
  }
  if (type === "RANGE") {
    const results = range.buckets.map(({ from, to }) => ({
      ...(typeof from === "number" && { from }),
      ...(typeof to === "number" && { to }),
      count: found.filter((values) =>
        values.some((value) =>
          compare(value, from ?? -Infinity) >= 0 &&
          compare(value, to ?? Infinity) < 0
        )
      ).length,
    }));
    return { ranges: { results } };
  }
  if (!scalar) throw invalidField("aggregations", "scalar is required");
  const values = found.flat().toSorted(compare);
  const extreme = scalar.type === "MIN" ? values[0] : values.at(-1);
  return {
    scalar: {
      type: scalar.type,
      value: scalar.type === "COUNT_DISTINCT"
        ? new Set(values.map(textOf)).size
        : Number(extreme ?? 0),
    },
  };
}

/** UNDOCUMENTED: values that are equally frequent. Here in their own order. */
function countValues(
  found: readonly (readonly unknown[])[],
  options: Aggregation["value"],
  compare: (a: unknown, b: unknown) => number,
) {
  const { sortType, sortDirection, limit, missingValues } = options;
  const bucket = options.includeOptions.addToBucket;
  const counts = new Map<string, number>();
  for (const values of found) {
    const texts = values.length === 0 && missingValues === "INCLUDE"
      ? [bucket]
      : values.map(textOf);
    for (const text of new Set(texts)) {
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  const sign = sortDirection === "DESC" ? -1 : 1;
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) =>
      sortType === "COUNT" && a.count !== b.count
        ? sign * (a.count - b.count)
        : (sortType === "COUNT" ? 1 : sign) * compare(a.value, b.value)
    )
    .slice(0, limit);
}
