import * as v from "valibot";
import type { Call } from "../call.ts";
import { type JsonObject, textOf } from "../http/json.ts";
import { readJson, readQuery } from "../http/request.ts";
import { reply } from "../http/response.ts";
import { partsIn, type Schema, validate } from "../http/validate.ts";
import {
  compileFilter,
  EQUALITY,
  type FilterFields,
  type Matcher,
  valuesAt,
} from "../query/filter.ts";
import { offsetPage } from "../query/paging.ts";
import { readSort, sortBy } from "../query/sort.ts";
import { callingMember, visibleMember } from "./access.ts";
import {
  canSee,
  type Member,
  memberView,
  requestedFieldset,
} from "./member.ts";

const PAGE_SIZES = { max: 100, otherwise: 50 };

/** What members can be filtered by. */
export const FILTER_FIELDS: FilterFields = {
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

const SEARCH: Schema<{ expression: string; fields: string[] }> = v.object({
  expression: v.nullish(v.pipe(v.string(), v.maxLength(100)), ""),
  fields: v.optional(
    v.array(v.picklist([
      "loginEmail",
      "contact.firstName",
      "contact.lastName",
      "profile.title",
      "profile.nickname",
      "profile.slug",
    ])),
    ["profile.nickname"],
  ),
});

/** `GET /members/v1/members/my` */
export function getCurrentMember(call: Call): Response {
  return viewOf(callingMember(call), call);
}

/** `GET /members/v1/members/{id}` */
export function getMember(call: Call): Response {
  return viewOf(visibleMember(call), call);
}

const QUERY_PARTS = ["filter", "sort", "paging"];

/** `POST /members/v1/members/query` */
export async function queryMembers(call: Call): Promise<Response> {
  const { query, search, fieldsets } = await readJson(call.request);
  return listPage(call, {
    ...partsIn(query, "query", QUERY_PARTS),
    search,
    fieldsets,
  });
}

/** `GET /members/v1/members` */
export function listMembers(call: Call): Response {
  const { sorting, paging, fieldsets } = readQuery(call.url);
  return listPage(call, { sort: sorting, paging, fieldsets });
}

function viewOf(member: Member, { identity, url }: Call): Response {
  const fieldset = requestedFieldset(readQuery(url).fieldsets);
  return reply({ member: memberView(member, identity, fieldset) });
}

/**
 * Filters and sorts what the caller may see: otherwise a filter on a hidden
 * field would tell its value.
 */
function listPage({ backend, identity }: Call, request: JsonObject): Response {
  const steps = readSort(request.sort, SORT_RULES);
  const matches = compileFilter(request.filter, FILTER_FIELDS);
  const mentions = compileSearch(request.search);
  const fieldset = requestedFieldset(request.fieldsets);
  const found = backend.store.members.list
    .filter((member) => canSee(identity, member))
    .map((member) => ({ ...memberView(member, identity, "FULL"), member }))
    .filter((member) => matches(member) && mentions(member));
  const page = offsetPage(sortBy(found, steps), request.paging, PAGE_SIZES);
  const members = page.items.map(({ member }) =>
    memberView(member, identity, fieldset)
  );
  return reply({ members, metadata: page.metadata });
}

/**
 * The matcher for a plain text search.
 *
 * UNDOCUMENTED: what a search of members finds. Here the text must occur in one
 * of the fields; case is ignored.
 */
export function compileSearch(search: unknown): Matcher {
  const { expression, fields } = validate(SEARCH, search ?? {}, "search");
  const wanted = expression.toLowerCase();
  if (!wanted) return () => true;
  return (member) =>
    fields.flatMap((name) => valuesAt(member, name))
      .some((value) => textOf(value).toLowerCase().includes(wanted));
}
