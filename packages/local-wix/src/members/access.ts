import type { Call } from "../call.ts";
import { notFound, permissionDenied } from "../http/errors.ts";
import { writeReply } from "../http/response.ts";
import { canSee, hasFullView, type Member, memberView } from "./member.ts";

/**
 * The member with the `id` in the path.
 *
 * UNDOCUMENTED: private members, for other callers. Here they are the same 404
 * as members who do not exist.
 */
export function visibleMember({ backend, identity, params }: Call): Member {
  const member = backend.store.members.get(params.id ?? "");
  if (member && canSee(identity, member)) return member;
  throw notFound("MEMBER_NOT_FOUND", "Member not found");
}

/** The member in the path; throws when the caller may not change them. */
export function changeableMember(call: Call): Member {
  const member = visibleMember(call);
  if (hasFullView(call.identity, member)) return member;
  throw permissionDenied("A member can only change their own data");
}

/**
 * The member who calls.
 *
 * UNDOCUMENTED: "my" calls of a visitor. Here they are 404, as the API lists
 * NOT_FOUND among the errors of Get My Member.
 */
export function callingMember({ backend, identity }: Call): Member {
  const member = identity.kind === "member"
    ? backend.store.members.get(identity.memberId)
    : undefined;
  if (member) return member;
  throw notFound("NOT_FOUND", "The caller is not a member");
}

/** Saves `member` and returns it in full. */
export function saveMember(
  { backend, identity }: Call,
  member: Member,
): Response {
  const updated = { ...member, updatedDate: backend.isoNow };
  backend.store.members.put(updated);
  return writeReply({ member: memberView(updated, identity, "FULL") });
}
