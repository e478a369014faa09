import type { Backend } from "../backend.ts";
import { allow, type Call, type Route } from "../call.ts";
import { applicationError, notFound } from "../http/errors.ts";
import { textIn, textsIn } from "../http/json.ts";
import { readJson, readQuery } from "../http/request.ts";
import { reply, writeReply } from "../http/response.ts";
import { objectIn, partsIn } from "../http/validate.ts";
import { ELEVATED } from "../identity/identity.ts";
import { compileFilter, EQUALITY, type FilterFields } from "../query/filter.ts";
import { cursorPage, offsetPage, readCursorQuery } from "../query/paging.ts";
import { readSort, sortBy } from "../query/sort.ts";
import type { Badge, BadgeAssignment } from "./badge.ts";

/**
 * Badges: the current API (v4), and the older one (v3) that the SDK has as
 * `badges`.
 *
 * UNDOCUMENTED: whether visitors and members may read badges. Here they may
 * not, so that what works here works at Wix: a guard has to elevate.
 */
export const BADGE_ROUTES: readonly Route[] = allow(ELEVATED, {
  "POST /badges/v4/badges/query": queryBadges,
  "GET /badges/v4/badges/{id}": getBadge,
  "POST /badges/v4/assignments/query": queryAssignments,
  "POST /badges/v4/assignments": createAssignment,
  "DELETE /badges/v4/assignments/{id}": deleteAssignment,
  "GET /members/v3/badges": listBadges,
  "POST /members/v3/badges/members": listBadgesPerMember,
  "GET /members/v3/badges/{id}": getBadge,
  "GET /members/v3/badges/{id}/members": listMembersByBadge,
  "POST /members/v3/badges/{id}/members": assignBadge,
  "DELETE /members/v3/badges/{id}/members": unassignBadge,
});

const BADGE_FIELDS: FilterFields = {
  id: "*",
  title: "*",
  description: "*",
  permissionsEnabled: EQUALITY,
  slug: "*",
};
const ASSIGNMENT_FIELDS: FilterFields = { badgeId: "*", memberId: "*" };
const BADGE_SORT = { max: 4, fields: Object.keys(BADGE_FIELDS) };
const ASSIGNMENT_SORT = { max: 2, fields: Object.keys(ASSIGNMENT_FIELDS) };
const PAGE_SIZES = { max: 100, otherwise: 50 };
const V3_PAGE_SIZES = { max: 1000, otherwise: 100 };

/** Badges without a sort come as they are shown. */
async function queryBadges({ request, backend }: Call): Promise<Response> {
  const query = partsIn((await readJson(request)).query, "query", [
    "filter",
    "sort",
    "paging",
  ]);
  const matches = compileFilter(query.filter, BADGE_FIELDS);
  const steps = readSort(query.sort, BADGE_SORT);
  const found = backend.store.badges.filter(matches);
  const sorted = steps.length > 0 ? sortBy(found, steps) : found;
  const { items, metadata } = offsetPage(sorted, query.paging, PAGE_SIZES);
  return reply({ badges: items, pagingMetadata: metadata });
}

function getBadge(call: Call): Response {
  return reply({ badge: badgeInPath(call) });
}

async function queryAssignments({ request, backend }: Call): Promise<Response> {
  const { query } = await readJson(request);
  const wanted = readCursorQuery(
    partsIn(query, "query", ["filter", "sort", "cursorPaging"]),
    "query.cursorPaging",
    PAGE_SIZES,
  );
  const steps = readSort(wanted.sort, ASSIGNMENT_SORT);
  const matches = compileFilter(wanted.filter, ASSIGNMENT_FIELDS);
  const found = backend.store.badgeAssignments.list.filter(matches);
  const { items, metadata } = cursorPage(sortBy(found, steps), steps, wanted);
  return reply({ badgeAssignments: items, pagingMetadata: metadata });
}

/**
 * UNDOCUMENTED: assigning a badge that the member already has. Here it is
 * 409 ALREADY_EXISTS.
 */
async function createAssignment({ request, backend }: Call): Promise<Response> {
  const { store } = backend;
  const body = await readJson(request);
  const sent = objectIn(body.badgeAssignment, "badgeAssignment");
  const { id: badgeId } = badgeById(store.badges, sent.badgeId);
  const member = store.members.get(textIn(sent.memberId) ?? "");
  if (!member) throw notFound("MEMBER_NOT_FOUND", "Member not found");
  const badgeAssignment = assign(backend, badgeId, member.id);
  if (badgeAssignment) return writeReply({ badgeAssignment });
  throw applicationError(
    409,
    "ALREADY_EXISTS",
    "The member already has this badge",
  );
}

function deleteAssignment({ backend, params }: Call): Response {
  if (backend.store.badgeAssignments.delete(params.id ?? "")) {
    return writeReply({});
  }
  throw notFound("NOT_FOUND", "Badge assignment not found");
}

function listBadges({ backend, url }: Call): Response {
  const { paging } = readQuery(url);
  const page = offsetPage(backend.store.badges, paging, V3_PAGE_SIZES);
  return reply({ badges: page.items, metadata: page.metadata });
}

async function listBadgesPerMember(
  { request, backend }: Call,
): Promise<Response> {
  const { memberIds } = await readJson(request);
  const memberBadgeIds = textsIn(memberIds).map((memberId) => ({
    memberId,
    badgeIds: backend.store.badgeAssignments.list
      .filter((assignment) => assignment.memberId === memberId)
      .map(({ badgeId }) => badgeId),
  }));
  return reply({ memberBadgeIds });
}

function listMembersByBadge(call: Call): Response {
  const { paging } = readQuery(call.url);
  const { items, metadata } = offsetPage(holders(call), paging, V3_PAGE_SIZES);
  return reply({ memberIds: items, metadata });
}

async function assignBadge(call: Call): Promise<Response> {
  const badge = badgeInPath(call);
  const { memberIds } = await readJson(call.request);
  for (const id of textsIn(memberIds)) {
    if (call.backend.store.members.has(id)) assign(call.backend, badge.id, id);
  }
  return writeReply({ memberIds: holders(call) });
}

function unassignBadge(call: Call): Response {
  const { badgeAssignments } = call.backend.store;
  const badge = badgeInPath(call);
  const memberIds = textsIn(readQuery(call.url).memberIds);
  for (const { id, badgeId, memberId } of badgeAssignments.list) {
    if (badgeId === badge.id && memberIds.includes(memberId)) {
      badgeAssignments.delete(id);
    }
  }
  return writeReply({});
}

function holders(call: Call): string[] {
  const badge = badgeInPath(call);
  return call.backend.store.badgeAssignments.list
    .filter(({ badgeId }) => badgeId === badge.id)
    .map(({ memberId }) => memberId);
}

/** Gives a badge to a member; null when they have it already. */
function assign(
  { store, isoNow, newId }: Backend,
  badgeId: string,
  memberId: string,
): BadgeAssignment | null {
  const has = store.badgeAssignments.list.some((assignment) =>
    assignment.badgeId === badgeId && assignment.memberId === memberId
  );
  if (has) return null;
  const dates = { createdDate: isoNow, updatedDate: isoNow };
  const assignment = { id: newId(), badgeId, memberId, ...dates };
  store.badgeAssignments.put(assignment);
  return assignment;
}

function badgeInPath({ backend, params }: Call): Badge {
  return badgeById(backend.store.badges, params.id);
}

/** UNDOCUMENTED: the code for a badge that does not exist. Here BADGE_NOT_FOUND. */
function badgeById(badges: readonly Badge[], id: unknown): Badge {
  const badge = badges.find((item) => item.id === id);
  if (badge) return badge;
  throw notFound("BADGE_NOT_FOUND", "Badge not found");
}
