/**
 * Logging in and out at Wix: authorization requests and what comes back.
 * Knows tokens and URLs, no cookies.
 *
 * @module
 */
import { members } from "@wix/members";
import { redirects } from "@wix/redirects";
import { memberProfile } from "../members/member_profile.ts";
import type { MemberProfile, TokenSet } from "../session/session.ts";
import { withBudget } from "../wix/request_scope.ts";
import { isUnreachable, toWixError, WixError } from "../wix/wix_error.ts";
import { AuthorizationError } from "./authorization_error.ts";
import { absoluteReturnUrl } from "./return_url.ts";
import { codeChallenge, randomToken } from "./pkce.ts";
import { MALFORMED_TOKENS, type TokenEndpoint } from "./token_endpoint.ts";
import type { LoginTransaction } from "./transaction.ts";

/** Paths of Wix's Astro integration, so that its documentation applies. */
export const CALLBACK_PATH = "/api/auth/callback";
/** Where Wix sends somebody after logging out. */
export const LOGOUT_CALLBACK_PATH = "/api/auth/logout-callback";

/** Somebody who logs out does not wait longer for Wix. */
const LOGOUT_BUDGET_MS = 1_000;

/** Ids of the identity providers that can be asked for directly. */
const IDENTITY_PROVIDERS = {
  google: "0e6a50f5-b523-4e29-990d-f37fa2ffdd69",
  facebook: "3ecad13f-52c3-483d-911f-31dbcf2a6d23",
} as const;

/** What may be asked of the login page. */
export interface LoginPreferences {
  /**
   * `none` logs in only who is logged in at Wix already. Default `login`. The
   * public `Prompt` of `@wix/redirects` has no others.
   */
  readonly prompt: "login" | "none";
  /** Goes straight to this provider. */
  readonly idp: keyof typeof IDENTITY_PROVIDERS | undefined;
}

/** Returns what a login URL's query asks for, `undefined` for nonsense. */
export function parseLoginPreferences(
  query: URLSearchParams,
): LoginPreferences | undefined {
  const prompt = query.get("prompt") ?? "login";
  const idp = query.get("idp") ?? undefined;
  if (prompt !== "login" && prompt !== "none") return undefined;
  if (idp !== undefined && idp !== "google" && idp !== "facebook") {
    return undefined;
  }
  return { prompt, idp };
}

/**
 * Returns a new login transaction and the address of the login page for it.
 *
 * @throws {AuthorizationError} when Wix does not give one.
 * @see RFC 6749 §4.1.1, RFC 7636 §4.3
 */
export async function beginLogin(options: {
  clientId: string;
  appOrigin: string;
  returnUrl: string;
  preferences: LoginPreferences;
}): Promise<{ transaction: LoginTransaction; loginUrl: string }> {
  const { clientId, appOrigin, returnUrl, preferences } = options;
  const transaction = {
    state: randomToken(),
    codeVerifier: randomToken(),
    returnUrl,
    redirectUri: appOrigin + CALLBACK_PATH,
  };
  const authRequest = {
    clientId,
    redirectUri: transaction.redirectUri,
    codeChallenge: await codeChallenge(transaction.codeVerifier),
    codeChallengeMethod: "S256",
    responseMode: "query",
    responseType: "code",
    scope: "offline_access",
    state: transaction.state,
    ...(preferences.idp && { idp: IDENTITY_PROVIDERS[preferences.idp] }),
  };
  try {
    const { redirectSession } = await redirects.createRedirectSession({
      auth: { authRequest, prompt: preferences.prompt },
    });
    return { transaction, loginUrl: fullUrl(redirectSession) };
  } catch (cause) {
    const failure = isOutage(toWixError(cause)) ? "unavailable" : "refused";
    throw new AuthorizationError(failure, { returnUrl, cause });
  }
}

/**
 * Returns the member's tokens for an authorization response, or `undefined`
 * when a silent login (`prompt=none`) found nobody logged in at Wix.
 *
 * @param query Of the callback's URL.
 * @throws {AuthorizationError} for any other outcome.
 * @see RFC 6749 §4.1.2, OpenID Connect Core §3.1.2.6
 */
export async function completeLogin(
  query: URLSearchParams,
  transaction: LoginTransaction,
  tokenEndpoint: Pick<TokenEndpoint, "authorizationCode" | "subjectType">,
): Promise<TokenSet | undefined> {
  const { codeVerifier, redirectUri, returnUrl } = transaction;
  const error = query.get("error");
  if (error === "login_required") return undefined;
  if (error === "access_denied") {
    throw new AuthorizationError("cancelled", { returnUrl });
  }
  const [code, ...more] = query.getAll("code");
  if (error !== null) throw refusedResponse(error, returnUrl);
  if (!code || more.length > 0) {
    throw new AuthorizationError("refused", { returnUrl });
  }
  const tokens = await tokenEndpoint.authorizationCode({
    code,
    codeVerifier,
    redirectUri,
  }).catch((cause) => {
    const failure = isOutage(cause) ? "unavailable" : "refused";
    throw new AuthorizationError(failure, { returnUrl, cause });
  });
  // A login that ends in a visitor's tokens would be half a member. When Wix
  // does not say whose they are, they are the member's: Wix gives a code for
  // nobody else, and the answer to a second question must not undo a login.
  if (await tokenEndpoint.subjectType(tokens.accessToken) === "VISITOR") {
    throw new AuthorizationError("refused", { returnUrl });
  }
  return tokens;
}

/** Returns what an `error` is that no person meant (RFC 6749 §4.1.2.1). */
function refusedResponse(error: string, returnUrl: string): AuthorizationError {
  const cause = new WixError({
    status: 400,
    // It comes through the browser, and goes into the log.
    code: /^[\w.]{1,64}$/.test(error) ? error : undefined,
    description: "The login page came back with an error",
    requestId: undefined,
  });
  return new AuthorizationError("refused", { returnUrl, cause });
}

function isOutage(error: unknown): boolean {
  return error instanceof WixError && isUnreachable(error.status) &&
    error.code !== MALFORMED_TOKENS;
}

/**
 * Returns who the current member is, `undefined` when Wix does not say so now:
 * a login must not fail because of a name. Call it after the member's session
 * is in place.
 */
export async function currentMemberProfile(): Promise<
  MemberProfile | undefined
> {
  const { member } = await members.getCurrentMember().catch(() => ({
    member: undefined,
  }));
  return memberProfile(member);
}

/**
 * Returns where to send somebody who logs out: to Wix's logout, which comes
 * back to our logout callback. When Wix does not answer, straight to
 * `returnUrl`: logging out here must not depend on it.
 */
export async function beginLogout(options: {
  clientId: string;
  appOrigin: string;
  returnUrl: string;
}): Promise<string> {
  const { clientId, appOrigin, returnUrl } = options;
  const postFlowUrl = new URL(LOGOUT_CALLBACK_PATH, appOrigin);
  postFlowUrl.searchParams.set("returnTo", returnUrl);
  try {
    const { redirectSession } = await withBudget(
      LOGOUT_BUDGET_MS,
      () =>
        redirects.createRedirectSession({
          logout: { clientId },
          callbacks: { postFlowUrl: postFlowUrl.href },
        }),
    );
    return fullUrl(redirectSession);
  } catch {
    return absoluteReturnUrl(returnUrl, appOrigin);
  }
}

function fullUrl(session: redirects.RedirectSession | undefined): string {
  if (session?.fullUrl) return session.fullUrl;
  throw new WixError({
    status: 502,
    code: "MALFORMED_RESPONSE",
    description: "the redirect session has no fullUrl",
    requestId: undefined,
  });
}
