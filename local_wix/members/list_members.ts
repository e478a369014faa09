import type { Call } from "../call.ts";
import { objectIn } from "../http/parse.ts";
import { reply } from "../http/reply.ts";
import { readJson, readQuery } from "../http/request.ts";
import { compileFilter, type FilterFields } from "../query/filter.ts";
import { readOffsetPaging } from "../query/paging.ts";
import { readSort, sortBy } from "../query/sort.ts";
import { canSee, memberView, requestedFieldset } from "./visibility.ts";

const EQUALITY = ["$eq", "$ne", "$in", "$nin", "$exists"];

const FILTER_FIELDS: FilterFields = {
  id: "*",
  loginEmail: "*",
  status: EQUALITY,
  contactId: "*",
  "contact.firstName": "*",
  "contact.lastName": "*",
  "profile.nickname": "*",
  "profile.slug": "*",
  privacyStatus: EQUALITY,
  createdDate: "*",
  updatedDate: "*",
  lastLoginDate: "*",
};

const SORT_RULES = {
  max: 4,
  fields: [
    "profile.nickname",
    "contact.firstName",
    "contact.lastName",
    "loginEmail",
    "createdDate",
    "updatedDate",
    "lastLoginDate",
  ],
};

const LIMIT = { min: 1, max: 100, otherwise: 50 };

/** `POST /members/v1/members/query` */
export async function queryMembers(call: Call): Promise<Response> {
  const body = await readJson(call.request);
  const query = objectIn(body.query, "query");
  return listPage(call, {
    filter: query.filter,
    sort: query.sort,
    paging: query.paging,
    fieldsets: body.fieldsets,
  });
}

/** `GET /members/v1/members` */
export function listMembers(call: Call): Response {
  const { sorting, paging, fieldsets } = readQuery(call.url);
  return listPage(call, { sort: sorting, paging, fieldsets });
}

interface ListRequest {
  readonly filter?: unknown;
  readonly sort: unknown;
  readonly paging: unknown;
  readonly fieldsets: unknown;
}

/**
 * Filters and sorts what the caller may see, not what there is: otherwise a
 * filter on a hidden field would tell its value.
 */
function listPage({ backend, identity }: Call, request: ListRequest): Response {
  const { limit, offset } = readOffsetPaging(request.paging, LIMIT);
  const steps = readSort(request.sort, SORT_RULES);
  const matches = compileFilter(request.filter, FILTER_FIELDS);
  const fieldset = requestedFieldset(request.fieldsets);
  const found = backend.store.members
    .filter((member) => canSee(identity, member))
    .map((member) => memberView(member, identity, "FULL"))
    .filter(matches);
  const ids = sortBy(found, steps)
    .slice(offset, offset + limit)
    .map(({ id }) => id);
  const members = ids.flatMap((id) => {
    const member = backend.store.member(id);
    return member ? [memberView(member, identity, fieldset)] : [];
  });
  const total = found.length;
  const count = members.length;
  return reply({
    members,
    metadata: { count, offset, total, tooManyToCount: false },
  });
}
