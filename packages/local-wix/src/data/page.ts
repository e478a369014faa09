import { offsetPage } from "../query/paging.ts";

const PAGE_SIZES = { max: 1000, otherwise: 50 };

/** One page of a list of the data API, with its metadata. */
export function dataPage<T>(
  records: readonly T[],
  paging: unknown,
  returnTotalCount: unknown,
) {
  const { items, metadata } = offsetPage(records, paging, PAGE_SIZES);
  const { total, ...rest } = metadata;
  return {
    items,
    pagingMetadata: {
      ...rest,
      ...(returnTotalCount === true && { total }),
      hasNext: rest.offset + rest.count < total,
    },
  };
}
