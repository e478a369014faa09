import { Buffer } from "node:buffer";
import { invalidField } from "../http/errors.ts";
import { isRecord } from "../http/json.ts";
import { compareKeys, type SortKey, sortKey, type SortStep } from "./sort.ts";

/**
 * Where a page begins and which search it belongs to. It travels inside the
 * cursor, so paging needs no memory and survives a restart. It holds no
 * identity: each request is filtered anew by who sends it.
 */
export interface CursorState {
  readonly filter: unknown;
  readonly sort: unknown;
  readonly limit: number;
  /** The record next to the page, which is not on it. */
  readonly key: SortKey;
  readonly side: "after" | "before";
}

/** One page, and the keys from which its neighbors begin. */
export interface CursorPage<T> {
  readonly items: readonly T[];
  readonly next: SortKey | null;
  readonly prev: SortKey | null;
}

/** `state` as the opaque string that clients pass back. */
export function encodeCursor(state: CursorState): string {
  return Buffer.from(JSON.stringify(state)).toString("base64url");
}

/** The state in a cursor; throws when it is not one of ours. */
export function decodeCursor(cursor: string): CursorState {
  try {
    const state: unknown = JSON.parse(
      Buffer.from(cursor, "base64url").toString(),
    );
    if (isRecord(state) && Array.isArray(state.key)) {
      const { filter, sort, limit, key, side } = state;
      if (
        typeof limit === "number" && (side === "after" || side === "before")
      ) return { filter, sort, limit, key, side };
    }
  } catch {
    // Not JSON: refused like everything else that is not a cursor.
  }
  throw invalidField("cursorPaging.cursor", "cursor is malformed");
}

/** Which page of a sorted list is wanted. */
export interface PageRequest {
  readonly steps: readonly SortStep[];
  readonly limit: number;
  /** Null for the first page. */
  readonly from: Pick<CursorState, "key" | "side"> | null;
}

/** One page of `records`, which are sorted by the steps of the request. */
export function cursorPage<T extends { readonly id: string }>(
  records: readonly T[],
  request: PageRequest,
): CursorPage<T> {
  const { steps } = request;
  const [start, end] = pageBounds(records, request);
  const items = records.slice(start, end);
  const [first, last] = [items[0], items.at(-1)];
  return {
    items,
    next: last && end < records.length ? sortKey(last, steps) : null,
    prev: first && start > 0 ? sortKey(first, steps) : null,
  };
}

function pageBounds(
  records: readonly { readonly id: string }[],
  { steps, limit, from }: PageRequest,
): [start: number, end: number] {
  if (!from) return [0, limit];
  const places = records.map((record) =>
    compareKeys(sortKey(record, steps), from.key, steps)
  );
  if (from.side === "before") {
    const end = places.filter((place) => place < 0).length;
    return [Math.max(end - limit, 0), end];
  }
  const start = places.filter((place) => place <= 0).length;
  return [start, start + limit];
}
