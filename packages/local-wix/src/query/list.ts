import * as v from "valibot";
import { invalidField, notImplemented } from "../http/errors.ts";
import { type JsonObject, textOf } from "../http/json.ts";
import { objectIn, type Schema, validate } from "../http/validate.ts";
import { aggregate } from "./aggregate.ts";
import {
  compileFilter,
  type FilterFields,
  type Matcher,
  valuesAt,
} from "./filter.ts";
import { cursorPage, type PageSizes, readCursorQuery } from "./paging.ts";
import { readSort, sortBy, type SortStep } from "./sort.ts";

/** What the newer APIs let a client do with a list. */
export interface ListRules {
  readonly filter: FilterFields;
  readonly sort: readonly string[];
  /** The order of a list whose request has no sort. Default: by id. */
  readonly defaultSort?: readonly SortStep[];
  readonly sizes: PageSizes;
  /** Paths of the texts that a search by these names looks at. */
  readonly searchable?: Readonly<Record<string, string>>;
  readonly aggregatable?: readonly string[];
}

const PARTS = [
  "filter",
  "sort",
  "cursorPaging",
  // Wix ignores the fields in here: they stand beside.
  "fields",
];
const SEARCH_PARTS = [...PARTS, "search", "aggregations", "timeZone"];

/**
 * The page of `records` that a query or search requests. Throws when it has a
 * part that the API does not know.
 */
export function listPage<T extends { readonly id: string }>(
  records: readonly T[],
  sent: unknown,
  rules: ListRules,
) {
  const { sizes, sort, defaultSort, searchable, aggregatable = [] } = rules;
  const field = searchable ? "search" : "query";
  const query = objectIn(sent, field);
  refuseUnknown(query, field, searchable ? SEARCH_PARTS : PARTS);
  const wanted = readCursorQuery(query, `${field}.cursorPaging`, sizes);
  if (wanted.from) refuseMore(query, field);
  const matches = matcher(wanted, rules);
  const steps = readSort(wanted.sort ?? defaultSort, {
    fields: sort,
    max: sort.length,
  });
  const found = sortBy(records.filter(matches), steps);
  const { items, metadata } = cursorPage(found, steps, wanted);
  return {
    items,
    pagingMetadata: metadata,
    aggregationData: aggregate(found, query.aggregations, aggregatable),
  };
}

/** The number of `records` that `filter` and free text in `sent` match. */
export function countMatches(
  records: readonly unknown[],
  { filter, search }: JsonObject,
  rules: ListRules,
): number {
  return records.filter(matcher({ filter, search }, rules)).length;
}

function matcher(
  { filter, search }: { readonly filter?: unknown; readonly search?: unknown },
  { filter: fields, searchable = {} }: ListRules,
): Matcher {
  const passes = compileFilter(filter, fields);
  const hasText = textMatcher(search, searchable);
  return (record) => passes(record) && hasText(record);
}

function refuseUnknown(
  query: JsonObject,
  field: string,
  parts: readonly string[],
): void {
  const unknown = Object.keys(query).find((name) => !parts.includes(name));
  if (unknown) {
    throw invalidField(`${field}.${unknown}`, `${field} has no ${unknown}`);
  }
}

/** A cursor has filter and sort in it already. */
function refuseMore(query: JsonObject, field: string): void {
  for (const name of ["filter", "sort", "search", "aggregations"]) {
    const part = query[name];
    const isEmpty = part === undefined || part === null ||
      Object.keys(Object(part)).length === 0;
    if (isEmpty) continue;
    const text = `${field}.${name} cannot be combined with a cursor`;
    throw invalidField(`${field}.${name}`, text);
  }
}

const DETAILS = v.nullish(
  v.object({
    expression: v.nullish(v.pipe(v.string(), v.maxLength(100)), ""),
    mode: v.optional(v.picklist(["OR", "AND"]), "OR"),
    fields: v.optional(v.array(v.string()), []),
    fuzzy: v.optional(v.boolean(), false),
  }),
  {},
);

/**
 * UNDOCUMENTED: how free text matches, and which fields it covers without
 * `fields`. Here each word must begin a word of the text, in any searchable
 * field.
 */
export function textMatcher(
  search: unknown,
  searchable: Readonly<Record<string, string>>,
): Matcher {
  const { expression, mode, fields, fuzzy } = validate(
    DETAILS as Schema<v.InferOutput<typeof DETAILS>>,
    search,
    "search.search",
  );
  if (fuzzy) throw notImplemented("POST", "search", "fuzzy search");
  const names = fields.length > 0 ? fields : Object.keys(searchable);
  const paths = names.map((name) => {
    const path = Object.hasOwn(searchable, name) ? searchable[name] : undefined;
    if (path) return path;
    throw invalidField("search.search.fields", `Cannot search in ${name}`);
  });
  const words = wordsIn(expression);
  if (words.length === 0) return () => true;
  return (record) => {
    const present = paths.flatMap((path) =>
      valuesAt(record, path).flatMap((value) => wordsIn(textOf(value)))
    );
    const occurs = (word: string) =>
      present.some((other) => other.startsWith(word));
    return mode === "AND" ? words.every(occurs) : words.some(occurs);
  };
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
