import type { Call } from "../call.ts";
import { callingMember, replyWithSaved } from "./change_member.ts";

/** `POST /members/v1/members/join-community`: everybody sees the profile. */
export function joinCommunity(call: Call): Response {
  const member = callingMember(call);
  return replyWithSaved(call, { ...member, privacyStatus: "PUBLIC" });
}

/** `POST /members/v1/members/leave-community`: nobody else sees the profile. */
export function leaveCommunity(call: Call): Response {
  const member = callingMember(call);
  return replyWithSaved(call, { ...member, privacyStatus: "PRIVATE" });
}
