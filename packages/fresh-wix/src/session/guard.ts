/**
 * The guard of what only members may see.
 *
 * @module
 */
import type { RequestSession } from "./request_session.ts";
import { SessionError } from "./session_error.ts";

/**
 * Lets members through. For visitors, pages turn into the login and return
 * afterwards; endpoints under `/api/` respond 401.
 *
 * @throws {SessionError} `login_required` for a visitor; the error boundary does
 * the rest.
 */
export function requireMember(session: Pick<RequestSession, "kind">): void {
  if (session.kind !== "member") throw new SessionError("login_required");
}
