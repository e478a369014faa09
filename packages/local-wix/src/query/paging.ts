import { Buffer } from "node:buffer";
import * as v from "valibot";
import { invalidField } from "../http/errors.ts";
import type { JsonObject } from "../http/json.ts";
import { integer, type Schema, validate } from "../http/validate.ts";
import { compareKeys, type SortKey, sortKey, type SortStep } from "./sort.ts";

/** How many records a page may have. */
export interface PageSizes {
  readonly max: number;
  readonly otherwise: number;
}

/** One page of a list, and the metadata that Wix sends with it. */
export interface OffsetPage<T> {
  readonly items: readonly T[];
  readonly metadata: {
    readonly count: number;
    readonly offset: number;
    readonly total: number;
    readonly tooManyToCount: false;
  };
}

/** The page of `records` that `paging` requests, by limit and offset. */
export function offsetPage<T>(
  records: readonly T[],
  paging: unknown,
  { max, otherwise }: PageSizes,
): OffsetPage<T> {
  const { limit, offset } = validate(
    v.object({
      limit: integer(1, max, otherwise),
      offset: integer(0, Number.MAX_SAFE_INTEGER, 0),
    }),
    paging ?? {},
    "query.paging",
  );
  const items = records.slice(offset, offset + limit);
  const { length: count } = items;
  const total = records.length;
  return { items, metadata: { count, offset, total, tooManyToCount: false } };
}

/** What a list by cursors is filtered and sorted by. */
export interface CursorQuery {
  readonly filter?: unknown;
  readonly sort?: unknown;
  /** Free text. */
  readonly search?: unknown;
  readonly limit: number;
}

/**
 * A cursor's content: its list, and the record next to the page. It travels
 * inside the cursor, so paging needs no memory and survives a restart. It holds
 * no identity: each request is filtered anew by its sender.
 */
export interface CursorState extends CursorQuery {
  /** The record next to the page, which is not on it. */
  readonly key: SortKey;
  readonly side: "after" | "before";
}

const CURSOR: Schema<CursorState> = v.object({
  filter: v.optional(v.unknown()),
  sort: v.optional(v.unknown()),
  search: v.optional(v.unknown()),
  limit: v.number(),
  key: v.array(v.unknown()),
  side: v.picklist(["after", "before"]),
});

/** `state` as the opaque text that clients pass back. */
export function encodeCursor(state: CursorState): string {
  return Buffer.from(JSON.stringify(state)).toString("base64url");
}

/** The state in a cursor; throws when it is not one of ours. */
export function decodeCursor(cursor: string): CursorState {
  try {
    const json = Buffer.from(cursor, "base64url").toString();
    return v.parse(CURSOR, JSON.parse(json));
  } catch {
    throw invalidField("cursorPaging.cursor", "cursor is malformed");
  }
}

/**
 * The query behind `cursorPaging`: the cursor's own, or the `sent` one. `field`
 * is where the paging stands in the request.
 */
export function readCursorQuery(
  { filter, sort, search, cursorPaging }: JsonObject,
  field: string,
  { max, otherwise }: PageSizes,
): CursorQuery & { readonly from: CursorState | null } {
  const { cursor, limit } = validate(
    v.object({
      cursor: v.nullish(v.string(), ""),
      limit: v.optional(v.unknown()),
    }),
    cursorPaging ?? {},
    field,
  );
  const from = cursor ? decodeCursor(cursor) : null;
  const size = validate(
    integer(1, max, otherwise),
    limit ?? from?.limit,
    `${field}.limit`,
  );
  const { filter: f, sort: s, search: text } = from ?? { filter, sort, search };
  return { filter: f, sort: s, search: text, limit: size, from };
}

/** One page, and the metadata that Wix sends with it. */
export interface CursorPage<T> {
  readonly items: readonly T[];
  readonly metadata: {
    readonly count: number;
    readonly cursors: {
      readonly next: string | null;
      readonly prev: string | null;
    };
    readonly hasNext: boolean;
  };
}

/** The page of `records`, sorted by `steps`, that `query` requests. */
export function cursorPage<T extends { readonly id: string }>(
  records: readonly T[],
  steps: readonly SortStep[],
  { from, ...query }: CursorQuery & { readonly from: CursorState | null },
): CursorPage<T> {
  const [start, end] = pageBounds(records, steps, query.limit, from);
  const items = records.slice(start, end);
  const cursor = (record: T, side: CursorState["side"]) =>
    encodeCursor({ ...query, key: sortKey(record, steps), side });
  const [first, last] = [items[0], items.at(-1)];
  const next = last && end < records.length ? cursor(last, "after") : null;
  const prev = first && start > 0 ? cursor(first, "before") : null;
  const { length: count } = items;
  const hasNext = next !== null;
  return { items, metadata: { count, cursors: { next, prev }, hasNext } };
}

function pageBounds(
  records: readonly { readonly id: string }[],
  steps: readonly SortStep[],
  limit: number,
  from: CursorState | null,
): [start: number, end: number] {
  if (!from) return [0, limit];
  const positions = records.map((record) =>
    compareKeys(sortKey(record, steps), from.key, steps)
  );
  if (from.side === "before") {
    const end = positions.filter((position) => position < 0).length;
    return [Math.max(end - limit, 0), end];
  }
  const start = positions.filter((position) => position <= 0).length;
  return [start, start + limit];
}
