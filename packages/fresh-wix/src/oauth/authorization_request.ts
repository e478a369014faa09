// The parameters of the login page.
// See RFC 6749 §4.1.1, RFC 7636

/** Paths of Wix's Astro integration, so that its documentation applies. */
export const CALLBACK_PATH = "/api/auth/callback";
/** Where Wix redirects after a logout. */
export const LOGOUT_CALLBACK_PATH = "/api/auth/logout-callback";

const BASE64URL = { alphabet: "base64url", omitPadding: true } as const;

/** Returns 32 random bytes as 43 base64url characters (RFC 7636 §4.1). */
export function randomToken(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toBase64(BASE64URL);
}

/** Returns the S256 code challenge of a verifier (RFC 7636 §4.2). */
export async function codeChallenge(codeVerifier: string): Promise<string> {
  const bytes = new TextEncoder().encode(codeVerifier);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return new Uint8Array(digest).toBase64(BASE64URL);
}

/** Returns a login's authorization request, as redirect sessions accept it. */
export async function authorizationRequest(
  app: { clientId: string; redirectUri: string; state: string },
  codeVerifier: string,
) {
  return {
    ...app,
    codeChallenge: await codeChallenge(codeVerifier),
    codeChallengeMethod: "S256",
    responseMode: "query",
    responseType: "code",
    scope: "offline_access",
  };
}
