import type { Call } from "../call.ts";
import { objectIn } from "../http/parse.ts";
import { reply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { compileFilter, type FilterFields } from "../query/filter.ts";
import { offsetPage } from "../query/offset_page.ts";
import { readSort, sortBy } from "../query/sort.ts";

const EQUALITY = ["$eq", "$ne", "$in", "$nin", "$exists"];

const FILTER_FIELDS: FilterFields = {
  id: "*",
  title: "*",
  description: "*",
  permissionsEnabled: EQUALITY,
  slug: "*",
};

const SORT_RULES = { max: 4, fields: Object.keys(FILTER_FIELDS) };
const PAGE_SIZES = { max: 100, otherwise: 50 };

/** `POST /badges/v4/badges/query`; badges without a sort as they are shown. */
export async function queryBadges(
  { request, backend }: Call,
): Promise<Response> {
  const { filter, sort, paging } = objectIn(
    (await readJson(request)).query,
    "query",
  );
  const matches = compileFilter(filter, FILTER_FIELDS);
  const steps = readSort(sort, SORT_RULES);
  const found = backend.store.badges.filter(matches);
  const sorted = steps.length > 0 ? sortBy(found, steps) : found;
  const { items, metadata } = offsetPage(sorted, paging, PAGE_SIZES);
  return reply({ badges: items, pagingMetadata: metadata });
}
