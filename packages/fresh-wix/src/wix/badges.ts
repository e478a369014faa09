/**
 * Badges of members: how a site's owner says who is special.
 *
 * @see https://dev.wix.com/docs/sdk/backend-modules/members/badges-v2
 * @module
 */
import { auth } from "@wix/essentials";
import { badgeAssignments, badgesV2, members } from "@wix/members";

/**
 * Returns whether the current member has a badge right now. Wix is asked, and
 * not the cookie: badges are taken away while people are logged in.
 *
 * Elevated, as only apps may ask. The member's id comes from Wix too, so that
 * nobody asks in somebody else's name.
 *
 * @param slug As in the address of the badge's members page, such as `vip`.
 * @throws {WixError} when Wix refuses or does not answer.
 */
export async function currentMemberHasBadge(slug: string): Promise<boolean> {
  const [{ member }, { items: [badge] }] = await Promise.all([
    members.getCurrentMember(),
    auth.elevate(badgesV2.queryBadges)().eq("slug", slug).find(),
  ]);
  const memberId = member?._id;
  const badgeId = badge?._id;
  if (!memberId || !badgeId || badge.slug !== slug) return false;
  const { items } = await auth.elevate(badgeAssignments.queryBadgeAssignments)()
    .eq("badgeId", badgeId).eq("memberId", memberId).find();
  return items.some((of) => of.memberId === memberId && of.badgeId === badgeId);
}
