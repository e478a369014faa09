import { integerIn, objectIn } from "../http/parse.ts";

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

/** The page of `records` that `paging` asks for, by limit and offset. */
export function offsetPage<T>(
  records: readonly T[],
  paging: unknown,
  sizes: PageSizes,
): OffsetPage<T> {
  const sent = objectIn(paging, "query.paging");
  const limit = integerIn(sent.limit, "query.paging.limit", {
    min: 1,
    ...sizes,
  });
  const offset = integerIn(sent.offset, "query.paging.offset", {
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    otherwise: 0,
  });
  const items = records.slice(offset, offset + limit);
  const { length: count } = items;
  const total = records.length;
  return { items, metadata: { count, offset, total, tooManyToCount: false } };
}
