import type { Member } from "./member.ts";

/** Why a member may not log in; null when they may. */
export function loginRefusal({ status }: Member): string | null {
  switch (status) {
    case "APPROVED":
      return null;
    case "PENDING":
      return "This account waits for the approval of the site's owner.";
    default:
      return "This account is blocked.";
  }
}
