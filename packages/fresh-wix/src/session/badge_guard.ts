/**
 * The guard of what only some members may see. Apart from the other guards,
 * which every request needs, because it loads the elevated SDK.
 *
 * @module
 */
import { currentMemberHasBadge } from "../wix/badges.ts";
import { BadgeRequiredError, requireMember } from "./guard.ts";
import type { RequestSession } from "./request_session.ts";

/**
 * Lets members through who have a badge at Wix at this moment.
 *
 * @param slug Of the badge, such as `vip`.
 * @throws {LoginRequiredError} for a visitor.
 * @throws {BadgeRequiredError} for a member without the badge.
 */
export async function requireBadge(
  session: Pick<RequestSession, "kind">,
  slug: string,
): Promise<void> {
  requireMember(session);
  if (!await currentMemberHasBadge(slug)) throw new BadgeRequiredError();
}
