import { integerIn, type IntegerRule, objectIn } from "../http/parse.ts";

/** Which part of a list is wanted. */
export interface OffsetPaging {
  readonly limit: number;
  readonly offset: number;
}

/** The `query.paging` of a request. */
export function readOffsetPaging(
  value: unknown,
  limitRule: IntegerRule,
): OffsetPaging {
  const paging = objectIn(value, "query.paging");
  return {
    limit: integerIn(paging.limit, "query.paging.limit", limitRule),
    offset: integerIn(paging.offset, "query.paging.offset", {
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
      otherwise: 0,
    }),
  };
}
