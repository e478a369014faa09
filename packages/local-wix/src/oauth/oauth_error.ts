/** The error codes of the token endpoint. */
export type OAuthErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "unsupported_grant_type";

/**
 * A refusal of the token endpoint.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export class OAuthError extends Error {
  override readonly name = "OAuthError";

  constructor(readonly code: OAuthErrorCode, description: string) {
    super(description);
  }

  /** UNDOCUMENTED: the status of `invalid_client`; here 400 like the rest. */
  toResponse(): Response {
    const body = { error: this.code, error_description: this.message };
    return Response.json(body, { status: 400 });
  }
}
