import type { Call } from "../call.ts";
import { notFound, permissionDenied } from "../http/errors.ts";
import { writeReply } from "../http/reply.ts";
import type { Member } from "./member.ts";
import { hasFullView, memberView } from "./visibility.ts";
import { visibleMember } from "./visible_member.ts";

/** The member in the path; throws when the caller may not change them. */
export function changeableMember(call: Call): Member {
  const member = visibleMember(call);
  if (hasFullView(call.identity, member)) return member;
  throw permissionDenied("A member can only change their own data");
}

/**
 * The member who calls.
 *
 * UNDOCUMENTED: the answer of "my" calls to a visitor. Here it is 404, as the
 * API lists NOT_FOUND among the errors of Get My Member.
 */
export function callingMember({ backend, identity }: Call): Member {
  const member = identity.kind === "member"
    ? backend.store.member(identity.memberId)
    : undefined;
  if (member) return member;
  throw notFound("NOT_FOUND", "The caller is not a member");
}

/** Keeps `member` as it is from now on, and answers it in full. */
export function replyWithSaved(
  { backend, identity }: Call,
  member: Member,
): Response {
  const updatedDate = new Date(backend.now()).toISOString();
  const updated = { ...member, updatedDate };
  backend.store.putMember(updated);
  return writeReply({ member: memberView(updated, identity, "FULL") });
}
