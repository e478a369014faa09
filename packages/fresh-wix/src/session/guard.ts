// Guards for members, and for members with a badge.

import { auth } from "@wix/essentials";
import { badgeAssignments, badgesV2, members } from "@wix/members";
import type { WixContext, WixStep } from "../context.ts";
import { SessionError } from "./session_error.ts";
import type { MemberSession, Session } from "./session_view.ts";

/**
 * Asserts that a session is a member's, so that `session.member` is typed.
 * @throws {SessionError} `login_required` for a visitor. The error boundary sends
 * pages to the login, which returns to them, and responds 401 below `/api/`.
 */
export function assertMember(
  session: Session,
): asserts session is MemberSession {
  if (session.kind !== "member") throw new SessionError("login_required");
}

/** Allows members only; see {@link assertMember}. */
export async function requireMember(ctx: WixContext): Promise<Response> {
  assertMember(ctx.state.session);
  return await ctx.next();
}

/**
 * Asserts that the current member has a badge, checked with Wix now.
 * @param slug Of the badge, such as `vip`.
 * @throws {SessionError} `login_required` for a visitor, `badge_required` for a
 * member without the badge.
 */
export async function assertBadge(
  ctx: Pick<WixContext, "state">,
  slug: string,
): Promise<void> {
  assertMember(ctx.state.session);
  if (!await currentMemberHasBadge(slug)) {
    throw new SessionError("badge_required");
  }
}

/** Returns a step that only allows members with a badge. */
export function requireBadge(slug: string): WixStep {
  return async (ctx) => {
    await assertBadge(ctx, slug);
    return await ctx.next();
  };
}

// Calls Wix each time: badges are taken away while members are logged in.
// Elevated, as only apps may read them.
// See https://dev.wix.com/docs/sdk/backend-modules/members/badges-v2
async function currentMemberHasBadge(slug: string): Promise<boolean> {
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
