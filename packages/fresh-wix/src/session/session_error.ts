// Errors of a request's session.

/**
 * - `login_required`: a visitor requested a members-only page,
 * - `badge_required`: a member without the badge requested a badge page,
 * - `session_ended`: Wix ended the member's session (logged out elsewhere, or
 *   revoked), and it has ended here too,
 * - `refresh_refused`: Wix refused to refresh a member's tokens for a reason
 *   unrelated to the session, such as `invalid_client`; it is kept.
 */
export type SessionErrorCode =
  | "login_required"
  | "badge_required"
  | "session_ended"
  | "refresh_refused";

/** A request cannot continue with its session. */
export class SessionError extends Error {
  override readonly name = "SessionError";
  readonly #code: SessionErrorCode;

  constructor(code: SessionErrorCode, options?: ErrorOptions) {
    super(`Cannot continue with this session: ${code}`, options);
    this.#code = code;
  }

  /** Stable, for callers that react to it. */
  get code(): SessionErrorCode {
    return this.#code;
  }

  /** The SDK assigns a code of its own to what passes through its calls. */
  set code(_: SessionErrorCode) {}
}
