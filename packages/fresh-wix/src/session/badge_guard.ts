/**
 * The guard of what only some members may see. Apart from the other guard,
 * which every request needs, because it loads the elevated SDK.
 *
 * @module
 */
import { currentMemberHasBadge } from "../wix/badges.ts";
import { requireMember } from "./guard.ts";
import type { RequestSession } from "./request_session.ts";
import { SessionError } from "./session_error.ts";

/**
 * Lets members through who have a badge at Wix at this moment.
 *
 * @param slug Of the badge, such as `vip`.
 * @throws {SessionError} `login_required` for a visitor, `badge_required` for a
 * member without the badge.
 */
export async function requireBadge(
  session: Pick<RequestSession, "kind">,
  slug: string,
): Promise<void> {
  requireMember(session);
  if (!await currentMemberHasBadge(slug)) {
    throw new SessionError("badge_required");
  }
}
