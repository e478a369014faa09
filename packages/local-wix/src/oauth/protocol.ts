/** The grants of the token endpoint that local Wix supports. */
export const GRANTS = [
  "anonymous",
  "refresh_token",
  "authorization_code",
  "client_credentials",
  "authorized_client",
  "strip_bound_session",
] as const;

/** A grant of the token endpoint. */
export type Grant = (typeof GRANTS)[number];

/**
 * An error of the token endpoint.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export class OAuthError extends Error {
  override readonly name = "OAuthError";

  constructor(
    readonly code:
      | "invalid_request"
      | "invalid_client"
      | "invalid_grant"
      | "unsupported_grant_type",
    description: string,
  ) {
    super(description);
  }

  /** UNDOCUMENTED: the status of `invalid_client`; here 400 like the rest. */
  toResponse(): Response {
    const body = { error: this.code, error_description: this.message };
    return Response.json(body, { status: 400 });
  }
}
