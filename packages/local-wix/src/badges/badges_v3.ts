/**
 * The older API of the same badges, which the SDK still has as `badges`.
 *
 * @module
 */

import type { Call } from "../call.ts";
import { textsIn } from "../http/parse.ts";
import { reply, writeReply } from "../http/reply.ts";
import { readJson, readQuery } from "../http/request.ts";
import { offsetPage } from "../query/offset_page.ts";
import { assign } from "./assign.ts";
import { badgeInPath } from "./get_badge.ts";

const PAGE_SIZES = { max: 1000, otherwise: 100 };

/** `GET /members/v3/badges` */
export function listBadges({ backend, url }: Call): Response {
  const { paging } = readQuery(url);
  const page = offsetPage(backend.store.badges, paging, PAGE_SIZES);
  return reply({ badges: page.items, metadata: page.metadata });
}

/** `POST /members/v3/badges/members`: the badges of each of some members. */
export async function listBadgesPerMember(
  { request, backend }: Call,
): Promise<Response> {
  const { memberIds } = await readJson(request);
  const memberBadgeIds = textsIn(memberIds).map((memberId) => ({
    memberId,
    badgeIds: backend.store.badgeAssignments
      .filter((assignment) => assignment.memberId === memberId)
      .map(({ badgeId }) => badgeId),
  }));
  return reply({ memberBadgeIds });
}

/** `GET /members/v3/badges/{id}/members` */
export function listMembersByBadge(call: Call): Response {
  const { paging } = readQuery(call.url);
  const { items, metadata } = offsetPage(holders(call), paging, PAGE_SIZES);
  return reply({ memberIds: items, metadata });
}

/** `POST /members/v3/badges/{id}/members` */
export async function assignBadge(call: Call): Promise<Response> {
  const { store } = call.backend;
  const badge = badgeInPath(call);
  const { memberIds } = await readJson(call.request);
  for (const id of textsIn(memberIds)) {
    if (store.member(id)) assign(call.backend, badge.id, id);
  }
  return writeReply({ memberIds: holders(call) });
}

/** `DELETE /members/v3/badges/{id}/members` */
export function unassignBadge(call: Call): Response {
  const { store } = call.backend;
  const badge = badgeInPath(call);
  const memberIds = textsIn(readQuery(call.url).memberIds);
  for (const { id, badgeId, memberId } of store.badgeAssignments) {
    if (badgeId === badge.id && memberIds.includes(memberId)) {
      store.removeBadgeAssignment(id);
    }
  }
  return writeReply({});
}

function holders(call: Call): string[] {
  const badge = badgeInPath(call);
  return call.backend.store.badgeAssignments
    .filter(({ badgeId }) => badgeId === badge.id)
    .map(({ memberId }) => memberId);
}
