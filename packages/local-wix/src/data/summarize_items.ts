import * as v from "valibot";
import type { Call } from "../call.ts";
import { invalidField } from "../http/errors.ts";
import { readJson } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { carriedObject, requiredText, validate } from "../http/validate.ts";
import { compareValues, compileFilter, valuesAt } from "../query/filter.ts";
import { readSort, sortBy } from "../query/sort.ts";
import { dataRequest } from "./collection.ts";
import { dataPage } from "./page.ts";
import { findItems } from "./read_items.ts";
import { decode, encode, type Fields } from "./values.ts";

const ANY = v.optional(v.unknown());

const DISTINCT = dataRequest({
  fieldName: requiredText,
  filter: ANY,
  order: v.nullish(v.picklist(["ASC", "DESC"]), "ASC"),
  paging: ANY,
  returnTotalCount: ANY,
});

/** `POST /wix-data/v2/items/query-distinct-values`: of a list, each item. */
export async function queryDistinctValues(call: Call): Promise<Response> {
  const sent = validate(DISTINCT, await readJson(call.request));
  const found = findItems(call, sent.dataCollectionId, sent.filter)
    .flatMap((item) => valuesAt(item, sent.fieldName));
  const sign = sent.order === "DESC" ? -1 : 1;
  const values = found.toSorted((a, b) => sign * compareValues(a, b))
    .filter((value, index, all) =>
      index === 0 || compareValues(value, all[index - 1]) !== 0
    );
  const page = dataPage(values, sent.paging, sent.returnTotalCount);
  return reply({
    distinctValues: page.items.map(encode),
    pagingMetadata: page.pagingMetadata,
  });
}

const OF_FIELD = v.optional(v.object({ itemFieldName: requiredText }));

const OPERATION = v.object({
  resultFieldName: requiredText,
  average: OF_FIELD,
  min: OF_FIELD,
  max: OF_FIELD,
  sum: OF_FIELD,
  itemCount: v.optional(v.object({})),
});

type Operation = v.InferOutput<typeof OPERATION>;

const AGGREGATE = dataRequest({
  initialFilter: ANY,
  aggregation: carriedObject({
    groupingFields: v.optional(v.array(v.string()), []),
    operations: v.optional(v.array(OPERATION), []),
  }),
  finalFilter: ANY,
  sort: ANY,
  paging: ANY,
  returnTotalCount: ANY,
});

/**
 * `POST /wix-data/v2/items/aggregate`
 *
 * UNDOCUMENTED: whether a result has an `_id` without grouping, and what a
 * filter or sort after it may name. Here it has none, and they may name results
 * and grouping fields.
 */
export async function aggregateDataItems(call: Call): Promise<Response> {
  const sent = validate(AGGREGATE, await readJson(call.request));
  const { groupingFields, operations } = sent.aggregation;
  const found = findItems(call, sent.dataCollectionId, sent.initialFilter);
  const groupOf = (item: Fields) =>
    groupingFields.map((field) => [field, valuesAt(item, field)[0] ?? null]);
  const groups = new Map<string, Fields[]>();
  for (const item of found) {
    const id = JSON.stringify(groupOf(item));
    groups.set(id, [...groups.get(id) ?? [], item]);
  }
  const results = [...groups].map(([id, items]) => {
    const [first] = items;
    return {
      id,
      group: Object.fromEntries(first ? groupOf(first) : []),
      values: Object.fromEntries(
        operations.map((operation) => [
          operation.resultFieldName,
          calculate(operation, items),
        ]),
      ),
    };
  });
  const matches = compileFilter(decode(sent.finalFilter), "*");
  const rows = results
    .map((result) => ({ ...result.group, ...result.values, ...result }))
    .filter(matches);
  const steps = readSort(sent.sort, { max: 20, fields: "*" });
  const sorted = steps.length > 0 ? sortBy(rows, steps) : rows;
  const page = dataPage(sorted, sent.paging, sent.returnTotalCount);
  const encoded = (fields: object) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, encode(value)]),
    );
  return reply({
    results: page.items.map(({ group, values }) => ({
      ...(groupingFields.length > 0 && { _id: encoded(group) }),
      ...encoded(values),
    })),
    pagingMetadata: page.pagingMetadata,
  });
}

/** UNDOCUMENTED: values that are not numbers. Sum and average ignore them. */
function calculate(operation: Operation, items: readonly Fields[]): unknown {
  const { average, min, max, sum, itemCount } = operation;
  if (itemCount) return items.length;
  const field = average ?? min ?? max ?? sum;
  if (!field) {
    throw invalidField("aggregation.operations", "An operation is missing");
  }
  const values = items.flatMap((item) => valuesAt(item, field.itemFieldName));
  const sorted = values.toSorted((a, b) => compareValues(a, b));
  if (min) return sorted[0] ?? null;
  if (max) return sorted.at(-1) ?? null;
  const numbers = values.filter((value) => typeof value === "number");
  const total = numbers.reduce((a, b) => a + b, 0);
  if (sum) return total;
  return numbers.length === 0 ? null : total / numbers.length;
}
