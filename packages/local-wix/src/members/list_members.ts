import type { Call } from "../call.ts";
import { objectIn } from "../http/parse.ts";
import { reply } from "../http/reply.ts";
import { readJson, readQuery } from "../http/request.ts";
import { compileFilter } from "../query/filter.ts";
import { offsetPage } from "../query/offset_page.ts";
import { readSort, sortBy } from "../query/sort.ts";
import { FILTER_FIELDS, SORT_RULES } from "./member_fields.ts";
import { compileSearch } from "./member_search.ts";
import { canSee, memberView, requestedFieldset } from "./visibility.ts";

const PAGE_SIZES = { max: 100, otherwise: 50 };

/** `POST /members/v1/members/query` */
export async function queryMembers(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const query = objectIn(body.query, "query");
  return listPage(call, {
    filter: query.filter,
    sort: query.sort,
    paging: query.paging,
    fieldsets: body.fieldsets,
    search: body.search,
  });
}

/** `GET /members/v1/members` */
export function listMembers(call: Call): Response {
  const { sorting, paging, fieldsets } = readQuery(call.url);
  return listPage(call, { sort: sorting, paging, fieldsets });
}

interface ListRequest {
  readonly filter?: unknown;
  readonly search?: unknown;
  readonly sort: unknown;
  readonly paging: unknown;
  readonly fieldsets: unknown;
}

/**
 * Filters and sorts what the caller may see, not what there is: otherwise a
 * filter on a hidden field would tell its value.
 */
function listPage({ backend, identity }: Call, request: ListRequest): Response {
  const steps = readSort(request.sort, SORT_RULES);
  const matches = compileFilter(request.filter, FILTER_FIELDS);
  const mentions = compileSearch(request.search);
  const fieldset = requestedFieldset(request.fieldsets);
  const found = backend.store.members
    .filter((member) => canSee(identity, member))
    .map((member) => memberView(member, identity, "FULL"))
    .filter((member) => matches(member) && mentions(member));
  const page = offsetPage(sortBy(found, steps), request.paging, PAGE_SIZES);
  const members = page.items.flatMap(({ id }) => {
    const member = backend.store.member(id);
    return member ? [memberView(member, identity, fieldset)] : [];
  });
  return reply({ members, metadata: page.metadata });
}
