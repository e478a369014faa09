/**
 * What is kept of a member in their session.
 *
 * @module
 */
import type { members } from "@wix/members";
import type { MemberProfile } from "../session/session.ts";

/** A name is kept in the cookie, which has to stay small. */
const MAX_NAME_LENGTH = 100;

/** Returns what is kept of a member, `undefined` when Wix gave no id. */
export function memberProfile(
  member: members.Member | undefined,
): MemberProfile | undefined {
  if (!member?._id) return undefined;
  const name = member.profile?.nickname || member.profile?.slug || "Member";
  // By code point: half of an emoji is no letter.
  return {
    id: member._id,
    name: [...name].slice(0, MAX_NAME_LENGTH).join(""),
  };
}
