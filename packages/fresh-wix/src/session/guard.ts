/**
 * The guard of what only members may see.
 *
 * @module
 */
import { HttpError } from "fresh";
import type { RequestSession } from "./request_session.ts";

/** Somebody who is not logged in asked for what only members may see. */
export class LoginRequiredError extends Error {
  override readonly name = "LoginRequiredError";

  constructor() {
    super("Cannot go on as a visitor: this is for members");
  }
}

/** A member asked for what only members with a certain badge may see. */
export class BadgeRequiredError extends HttpError {
  constructor() {
    super(403);
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
