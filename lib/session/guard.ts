/**
 * The guards of what only members, or only some of them, may see.
 *
 * @module
 */
import { HttpError } from "fresh";
import { currentMemberHasBadge } from "@/lib/wix/badges.ts";
import type { RequestSession } from "./request_session.ts";

/** Somebody who is not logged in asked for what only members may see. */
export class LoginRequiredError extends Error {
  override readonly name = "LoginRequiredError";

  constructor() {
    super("Cannot go on as a visitor: this is for members");
  }
}

/**
 * Lets members through. For visitors, pages turn into the login and come back
 * afterwards; endpoints under `/api/` answer 401.
 *
 * @throws {LoginRequiredError} for a visitor; the error boundary does the rest.
 */
export function requireMember(session: Pick<RequestSession, "kind">): void {
  if (session.kind !== "member") throw new LoginRequiredError();
}

/**
 * Lets members through who have a badge at Wix at this moment.
 *
 * @param slug Of the badge, such as `vip`.
 * @throws {LoginRequiredError} for a visitor.
 * @throws {HttpError} 403 for a member without the badge.
 */
export async function requireBadge(
  session: Pick<RequestSession, "kind">,
  slug: string,
): Promise<void> {
  requireMember(session);
  if (!await currentMemberHasBadge(slug)) throw new HttpError(403);
}
