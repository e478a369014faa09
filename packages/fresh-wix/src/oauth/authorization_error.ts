// Failed logins.

/**
 * Why a login ended without a member; the first three as in RFC 6749 §4.1.2.1:
 * - `access_denied`: the user cancelled,
 * - `invalid_request`: the login link has a parameter that does not exist,
 * - `temporarily_unavailable`: Wix did not respond,
 * - `login_refused`: Wix refused, or the response is not Wix's,
 * - `transaction_missing`: no login of this browser belongs to the response,
 * - `login_disabled`: this is a preview, whose URL Wix does not allow.
 */
export type AuthorizationErrorCode =
  | "access_denied"
  | "invalid_request"
  | "temporarily_unavailable"
  | "login_refused"
  | "transaction_missing"
  | "login_disabled";

/** A login failed; the session has not changed. */
export class AuthorizationError extends Error {
  override readonly name = "AuthorizationError";
  /** Stable, for callers that react to it. */
  readonly code: AuthorizationErrorCode;
  /** Path to return to when trying again. */
  readonly returnUrl: string;

  constructor(
    code: AuthorizationErrorCode,
    { returnUrl = "/", ...options }: ErrorOptions & { returnUrl?: string } = {},
  ) {
    super(`Cannot complete login: ${code}`, options);
    this.code = code;
    this.returnUrl = returnUrl;
  }
}
