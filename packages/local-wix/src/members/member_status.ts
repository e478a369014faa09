import type { Call, Handler } from "../call.ts";
import { changeableMember, replyWithSaved } from "./change_member.ts";
import type { Member } from "./member.ts";

/** `POST /members/v1/members/{id}/approve`: lets a member log in. */
export const approveMember = changeTo({ status: "APPROVED" });

/** `POST /members/v1/members/{id}/block`: keeps a member out. */
export const blockMember = changeTo({ status: "BLOCKED" });

/** `POST /members/v1/members/{id}/disconnect`: keeps a member out for good. */
export const disconnectMember = changeTo({ status: "OFFLINE" });

/** `POST /members/v1/members/{id}/mute` */
export const muteMember = changeTo({ activityStatus: "MUTED" });

/** `POST /members/v1/members/{id}/unmute` */
export const unmuteMember = changeTo({ activityStatus: "ACTIVE" });

function changeTo(change: Partial<Member>): Handler {
  return (call: Call) =>
    replyWithSaved(call, { ...changeableMember(call), ...change });
}
