import type { Call } from "../call.ts";
import { applicationError, notFound } from "../http/errors.ts";
import { integerIn, objectIn, textIn } from "../http/parse.ts";
import { reply, writeReply } from "../http/reply.ts";
import { readJson } from "../http/request.ts";
import { cursorPage, decodeCursor, encodeCursor } from "../query/cursor.ts";
import { compileFilter, type FilterFields } from "../query/filter.ts";
import { readSort, sortBy } from "../query/sort.ts";
import { assign } from "./assign.ts";
import { badgeById } from "./get_badge.ts";

const FILTER_FIELDS: FilterFields = { badgeId: "*", memberId: "*" };
const SORT_RULES = { max: 2, fields: Object.keys(FILTER_FIELDS) };
const LIMIT = { min: 1, max: 100, otherwise: 50 };

/** `POST /badges/v4/assignments/query`: who has which badge. */
export async function queryBadgeAssignments(call: Call): Promise<Response> {
  const { query } = await readJson(call.request);
  const { filter, sort, cursorPaging } = objectIn(query, "query");
  const paging = objectIn(cursorPaging, "query.cursorPaging");
  const cursor = textIn(paging.cursor);
  const from = cursor ? decodeCursor(cursor) : null;
  const limit = integerIn(
    paging.limit ?? from?.limit,
    "query.cursorPaging.limit",
    LIMIT,
  );
  const wanted = from ?? { filter, sort };
  const steps = readSort(wanted.sort, SORT_RULES);
  const matches = compileFilter(wanted.filter, FILTER_FIELDS);
  const found = call.backend.store.badgeAssignments.filter(matches);
  const page = cursorPage(sortBy(found, steps), { steps, limit, from });
  const { next, prev } = page;
  const state = { filter: wanted.filter, sort: wanted.sort, limit };
  const cursors = {
    ...(next && {
      next: encodeCursor({ ...state, key: next, side: "after" }),
    }),
    ...(prev && {
      prev: encodeCursor({ ...state, key: prev, side: "before" }),
    }),
  };
  const count = page.items.length;
  return reply({
    badgeAssignments: page.items,
    pagingMetadata: { count, cursors, hasNext: next !== null },
  });
}

/**
 * `POST /badges/v4/assignments`
 *
 * UNDOCUMENTED: the answer for a badge that the member already has. Here it is
 * 409 ALREADY_EXISTS.
 */
export async function createBadgeAssignment(call: Call): Promise<Response> {
  const { store } = call.backend;
  const body = await readJson(call.request);
  const sent = objectIn(body.badgeAssignment, "badgeAssignment");
  const { id: badgeId } = badgeById(store.badges, sent.badgeId);
  const member = store.member(textIn(sent.memberId) ?? "");
  if (!member) throw notFound("MEMBER_NOT_FOUND", "There is no such member");
  const badgeAssignment = assign(call.backend, badgeId, member.id);
  if (badgeAssignment) return writeReply({ badgeAssignment });
  throw applicationError(409, "ALREADY_EXISTS", "The member has this badge");
}

/** `DELETE /badges/v4/assignments/{id}` */
export function deleteBadgeAssignment({ backend, params }: Call): Response {
  if (backend.store.removeBadgeAssignment(params.id ?? "")) {
    return writeReply({});
  }
  throw notFound("NOT_FOUND", "There is no such badge assignment");
}
