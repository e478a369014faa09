/**
 * Proof Key for Code Exchange: only who asked for a code can use it.
 *
 * @see RFC 7636
 * @module
 */

/** Returns 32 random bytes as 43 base64url characters (RFC 7636 §4.1). */
export function randomToken(): string {
  return crypto.getRandomValues(new Uint8Array(32))
    .toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Returns the S256 code challenge of a verifier (RFC 7636 §4.2). */
export async function codeChallenge(codeVerifier: string): Promise<string> {
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(codeVerifier),
  );
  return new Uint8Array(digest)
    .toBase64({ alphabet: "base64url", omitPadding: true });
}
