/**
 * Badges of members: how a site's owner says who is special.
 *
 * @see https://dev.wix.com/docs/sdk/backend-modules/members/badges
 * @module
 */
import { auth } from "@wix/essentials";
import { badges, members } from "@wix/members";

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
  const [{ member }, { badges: all = [] }] = await Promise.all([
    members.getCurrentMember(),
    auth.elevate(badges.listBadges)(),
  ]);
  const memberId = member?._id ?? "";
  const badgeId = all.find((badge) => badge.slug === slug)?._id ?? "";
  if (memberId === "" || badgeId === "") return false;
  const { memberBadgeIds = [] } = await auth.elevate(
    badges.listBadgesPerMember,
  )([memberId]);
  return memberBadgeIds.some((of) =>
    of.memberId === memberId && of.badgeIds?.includes(badgeId)
  );
}
