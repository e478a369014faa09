/**
 * Logins that did not succeed.
 *
 * @module
 */

/**
 * Why a login ended without a member:
 * - `cancelled`: the person said no (RFC 6749 `access_denied`),
 * - `refused`: Wix said no to the request or the code,
 * - `expired`: no transaction of this browser belongs to the answer,
 * - `unavailable`: Wix did not answer,
 * - `bad-request`: the login link has a parameter that does not exist,
 * - `off`: this is a preview, whose address Wix does not know.
 */
export type AuthorizationFailure =
  | "cancelled"
  | "refused"
  | "expired"
  | "unavailable"
  | "bad-request"
  | "off";

/** A login did not succeed; the session is as it was. */
export class AuthorizationError extends Error {
  override readonly name = "AuthorizationError";
  readonly code: AuthorizationFailure;
  /** Path to come back to when trying again. */
  readonly returnUrl: string;

  constructor(
    code: AuthorizationFailure,
    { returnUrl = "/", ...options }: ErrorOptions & { returnUrl?: string } = {},
  ) {
    super(`Cannot complete login: ${code}`, options);
    this.code = code;
    this.returnUrl = returnUrl;
  }
}
