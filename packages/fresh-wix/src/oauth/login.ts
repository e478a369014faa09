// Logging in and out at Wix: authorization requests and responses. Handles
// tokens and URLs, but no cookies.

import { members } from "@wix/members";
import { redirects } from "@wix/redirects";
import * as v from "valibot";
import { type Config, isLoopback } from "../config/read_config.ts";
import { memberProfile, type TokenSet } from "../session/session.ts";
import {
  isUnreachable,
  MALFORMED_RESPONSE,
  toWixError,
  WixError,
} from "../wix/wix_error.ts";
import { AuthorizationError } from "./authorization_error.ts";
import {
  authorizationRequest,
  CALLBACK_PATH,
  LOGOUT_CALLBACK_PATH,
  randomToken,
} from "./authorization_request.ts";
import { MALFORMED_TOKENS, type TokenEndpoint } from "./token_endpoint.ts";
import type { LoginTransaction } from "./transaction.ts";

/** Users who log out do not wait longer for Wix, in milliseconds. */
const LOGOUT_TIMEOUT_MS = 1_000;
/** Of Wix's authorization servers. */
const ISSUER_HOST = /(?:^|\.)(?:wix|wixapis)\.com$/;

/** The app, as logins need it. */
export type LoginOptions = Pick<Config, "clientId" | "wixApiOrigin"> & {
  readonly appOrigin: string;
};

/** Ids of the identity providers that can be requested directly. */
const IDENTITY_PROVIDERS = {
  google: "0e6a50f5-b523-4e29-990d-f37fa2ffdd69",
  facebook: "3ecad13f-52c3-483d-911f-31dbcf2a6d23",
} as const;

const PREFERENCES = v.object({
  // `none` logs in only who is logged in at Wix already. The public `Prompt` of
  // `@wix/redirects` has no others.
  prompt: v.optional(v.picklist(["login", "none"]), "login"),
  // Goes straight to this provider.
  idp: v.optional(v.picklist(["google", "facebook"])),
});

/** Options of the login page. */
export type LoginPreferences = v.InferOutput<typeof PREFERENCES>;

/** Returns the options in a login URL's query, `undefined` if invalid. */
export function parseLoginPreferences(
  query: URLSearchParams,
): LoginPreferences | undefined {
  const asked = Object.fromEntries(query);
  const { success, output } = v.safeParse(PREFERENCES, asked);
  return success ? output : undefined;
}

/**
 * Returns a new login transaction and the URL of the login page for it.
 * @throws {AuthorizationError} when Wix does not return one.
 * @see RFC 6749 §4.1.1, RFC 7636 §4.3
 */
export async function beginLogin(
  options: LoginOptions,
  { returnUrl, preferences: { idp, prompt } }: {
    returnUrl: string;
    preferences: LoginPreferences;
  },
): Promise<{ transaction: LoginTransaction; loginUrl: string }> {
  const { clientId, appOrigin, wixApiOrigin } = options;
  const redirectUri = appOrigin + CALLBACK_PATH;
  const [state, codeVerifier] = [randomToken(), randomToken()];
  const request = { clientId, redirectUri, state };
  const authRequest = {
    ...await authorizationRequest(request, codeVerifier),
    ...(idp && { idp: IDENTITY_PROVIDERS[idp] }),
  };
  try {
    const { redirectSession } = await redirects.createRedirectSession({
      auth: { authRequest, prompt },
    });
    return {
      transaction: { state, codeVerifier, returnUrl, redirectUri },
      loginUrl: fullUrl(redirectSession, wixApiOrigin),
    };
  } catch (cause) {
    throw loginFailure(cause, returnUrl);
  }
}

/**
 * Returns the member's tokens for an authorization response, or `undefined`
 * when a silent login (`prompt=none`) found no member logged in at Wix.
 * @throws {AuthorizationError} for any other outcome.
 * @see RFC 6749 §4.1.2, RFC 9207, OpenID Connect Core §3.1.2.6
 */
export async function completeLogin(
  query: URLSearchParams,
  { codeVerifier, redirectUri, returnUrl }: LoginTransaction,
  { tokenEndpoint, wixApiOrigin }: {
    tokenEndpoint: Pick<TokenEndpoint, "authorizationCode" | "subjectType">;
    wixApiOrigin: string | undefined;
  },
): Promise<TokenSet | undefined> {
  if (!query.getAll("iss").every((iss) => isIssuer(iss, wixApiOrigin))) {
    throw refusedResponse("invalid_issuer", returnUrl);
  }
  const error = query.get("error");
  if (error === "login_required") return undefined;
  if (error === "access_denied") {
    throw new AuthorizationError("access_denied", { returnUrl });
  }
  const [code, ...more] = query.getAll("code");
  if (error !== null) throw refusedResponse(error, returnUrl);
  if (!code || more.length > 0) {
    throw new AuthorizationError("login_refused", { returnUrl });
  }
  const tokens = await tokenEndpoint
    .authorizationCode({ code, codeVerifier, redirectUri })
    .catch((cause) => {
      throw loginFailure(cause, returnUrl);
    });
  // Tokens whose owner Wix does not name are a member's: it gives codes for no
  // one else, and a second call that fails must not undo a login.
  if (await tokenEndpoint.subjectType(tokens.accessToken) === "VISITOR") {
    throw new AuthorizationError("login_refused", { returnUrl });
  }
  return tokens;
}

/** Returns whether an authorization server is Wix's, or the local Wix. */
function isIssuer(issuer: string, wixApiOrigin: string | undefined): boolean {
  const url = URL.parse(issuer);
  return url !== null && (url.origin === wixApiOrigin ||
    url.protocol === "https:" && ISSUER_HOST.test(url.hostname));
}

/** Returns the error for an `error` of Wix's (RFC 6749 §4.1.2.1). */
function refusedResponse(error: string, returnUrl: string): AuthorizationError {
  const cause = new WixError({
    status: 400,
    // It comes through the browser, and goes into the log.
    code: /^[\w.]{1,64}$/.test(error) ? error : undefined,
    description: "The login page returned an error",
  });
  return new AuthorizationError("login_refused", { returnUrl, cause });
}

/** Returns the error for a call to Wix that failed. */
function loginFailure(cause: unknown, returnUrl: string): AuthorizationError {
  const wixError = toWixError(cause);
  const isOutage = wixError !== undefined && isUnreachable(wixError.status) &&
    wixError.code !== MALFORMED_TOKENS;
  const code = isOutage ? "temporarily_unavailable" : "login_refused";
  return new AuthorizationError(code, { returnUrl, cause });
}

/** `undefined` without a profile: a login must not fail because of a name. */
export async function currentMemberProfile() {
  const { member } = await members.getCurrentMember()
    .catch(() => ({ member: undefined }));
  return memberProfile(member);
}

/**
 * Returns the URL of Wix's logout, which returns to our logout callback; when
 * Wix does not respond, `returnUrl`: logging out here must not depend on it.
 */
export async function beginLogout(
  { appOrigin, clientId, wixApiOrigin }: LoginOptions,
  returnUrl: string,
): Promise<string> {
  const postFlowUrl = new URL(LOGOUT_CALLBACK_PATH, appOrigin);
  postFlowUrl.searchParams.set("returnTo", returnUrl);
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(timeout.reject, LOGOUT_TIMEOUT_MS);
  try {
    const call = redirects.createRedirectSession({
      logout: { clientId },
      callbacks: { postFlowUrl: postFlowUrl.href },
    });
    const { redirectSession } = await Promise.race([call, timeout.promise]);
    return fullUrl(redirectSession, wixApiOrigin);
  } catch {
    return appOrigin + returnUrl;
  } finally {
    clearTimeout(timer);
  }
}

/** Returns the URL of a redirect session: a page that is safe to open. */
function fullUrl(
  session: redirects.RedirectSession | undefined,
  wixApiOrigin: string | undefined,
): string {
  const url = URL.parse(session?.fullUrl ?? "");
  const isLocalWix = wixApiOrigin !== undefined && url?.protocol === "http:" &&
    isLoopback(url.hostname);
  // As browsers read it: what Wix wrote may be no valid header.
  if (url && (url.protocol === "https:" || isLocalWix)) return url.href;
  throw new WixError({
    status: 502,
    code: MALFORMED_RESPONSE,
    description: "The redirect session has no https URL",
  });
}
