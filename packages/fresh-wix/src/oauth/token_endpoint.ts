// The grants of Wix's token endpoint (RFC 6749), called without the SDK, which
// hides the status of a failure and turns the member into a visitor.

import { LRUCache } from "lru-cache";
import * as v from "valibot";
import { REDACTED } from "../errors/redact.ts";
import type { TokenSet } from "../session/session.ts";
import { runShared } from "../wix/request_context.ts";
import {
  APP_CREDENTIALS_REFUSED,
  applicationError,
  CLIENT_ID_REFUSED,
  isClientError,
  isUnreachable,
  WixError,
} from "../wix/wix_error.ts";
import type { WixFetch } from "../wix/wix_fetch.ts";

/** `POST /oauth2/token` in the grants that the app uses. */
export type TokenEndpoint = ReturnType<typeof createTokenEndpoint>;

/** An access token of the app itself. */
export type AppToken = Pick<TokenSet, "accessToken" | "expiresAt">;

/** Code of the {@link WixError} for a response without usable tokens. */
export const MALFORMED_TOKENS = "MALFORMED_TOKEN_RESPONSE";
const TOKEN_URL = "https://www.wixapis.com/oauth2/token";
const TOKEN_INFO_URL = "https://www.wixapis.com/oauth2/token-info";
/** Encrypted, they must fit into the parts of the session cookie. */
const MAX_TOKENS_LENGTH = 10_000;
/** How long refused credentials and failing early refreshes are not tried. */
const PAUSE_SECONDS = 60;

/** Visible ASCII (RFC 6749 §A.12, §A.17): headers allow no other text. */
const token = v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/));

const TOKEN_RESPONSE = v.object({
  access_token: token,
  refresh_token: v.fallback(v.optional(token), undefined),
  // Without a lifetime a token would count as endless, or as already over. Wix
  // documents four hours.
  expires_in: v.pipe(
    v.union([v.number(), v.string()]),
    v.transform(Number),
    v.gtValue(0),
    v.maxValue(24 * 60 * 60),
    v.transform(Math.floor),
  ),
});

const TOKEN_INFO = v.object({ subjectType: v.string() });
/** A failure of Wix, with any status (RFC 6749 §4.1.2.1). */
const OUTAGE_CODES = ["server_error", "temporarily_unavailable"];

/** Returns whether Wix refused a grant for good (RFC 6749 §5.2). */
export function isInvalidGrant(error: unknown): boolean {
  return isClientError(error) && error.code === "invalid_grant";
}

/** Returns the token endpoint for one client id. */
export function createTokenEndpoint(
  { clientId, wixFetch, now }: {
    readonly clientId: string;
    readonly wixFetch: WixFetch;
    readonly now: () => number;
  },
) {
  const post = async (url: string, body: unknown, caller?: string) => {
    const response = await wixFetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      caller,
    });
    const json: unknown = await response.json().catch(() => undefined);
    return { response, json };
  };

  const request = async (body: Record<string, string>, caller?: string) => {
    const requestedAt = now();
    const { response, json } = await post(TOKEN_URL, body, caller);
    if (!response.ok) throw failure(response, json, body);
    const { success, output } = v.safeParse(TOKEN_RESPONSE, json);
    if (!success) throw malformed("no usable tokens");
    return {
      accessToken: output.access_token,
      refreshToken: output.refresh_token,
      expiresAt: requestedAt + output.expires_in,
    };
  };

  const requestSession = async (
    body: Record<string, string>,
    caller: string,
    knownRefreshToken?: string,
  ): Promise<TokenSet> => {
    const { accessToken, expiresAt, refreshToken = knownRefreshToken } =
      await request(body, caller);
    if (refreshToken === undefined) throw malformed("no refresh token");
    if (accessToken.length + refreshToken.length > MAX_TOKENS_LENGTH) {
      throw malformed("too large for cookies");
    }
    return { accessToken, refreshToken, expiresAt };
  };

  let pausedUntil = 0;
  const refresh = async (refreshToken: string) => {
    const grant = { clientId, grantType: "refresh_token", refreshToken };
    try {
      return await requestSession(grant, refreshToken, refreshToken);
    } catch (error) {
      const isOutage = error instanceof WixError && error.status >= 500;
      if (isOutage) pausedUntil = now() + PAUSE_SECONDS;
      throw error;
    }
  };
  /** By both tokens: a refresh token may outlive many access tokens. */
  const refreshes = new LRUCache<string, TokenSet, string>({
    max: 1_000,
    ttl: 30_000,
    ttlResolution: 0,
    ignoreFetchAbort: true,
    fetchMethod: (_key, _stale, { context: refreshToken }) =>
      runShared(() => refresh(refreshToken)),
  });

  const anonymous = rememberRefusal(
    () => requestSession({ clientId, grantType: "anonymous" }, "anonymous"),
    CLIENT_ID_REFUSED,
    "the client id",
    now,
  );
  const clientCredentials = rememberRefusal(
    (grant: Record<string, string>) => runShared(() => request(grant)),
    APP_CREDENTIALS_REFUSED,
    "the app's credentials",
    now,
  );

  return {
    /** Returns the tokens of a new visitor. */
    anonymous,

    /**
     * Returns new tokens of the same identity, with the refresh token to keep.
     * Requests with the same tokens share one call, even those that arrive a
     * little later with the old cookie.
     */
    refresh: ({ refreshToken, accessToken }: TokenSet): Promise<TokenSet> =>
      refreshes.forceFetch(`${refreshToken} ${accessToken}`, {
        context: refreshToken,
      }),

    /** Returns whether a refresh has just failed at Wix. */
    isFailing: () => now() < pausedUntil,

    /** Returns a member's tokens for an authorization code. */
    authorizationCode: (
      grant: { code: string; codeVerifier: string; redirectUri: string },
    ): Promise<TokenSet> =>
      requestSession(
        { clientId, grantType: "authorization_code", ...grant },
        grant.code,
      ),

    /**
     * Returns the kind of an access token's user, such as `MEMBER` or `VISITOR`;
     * `undefined` if Wix does not return it.
     * @see https://dev.wix.com/docs/api-reference/app-management/oauth-2/token-info
     */
    async subjectType(accessToken: string): Promise<string | undefined> {
      const body = { token: accessToken };
      const { json } = await post(TOKEN_INFO_URL, body, accessToken);
      const { success, output } = v.safeParse(TOKEN_INFO, json);
      return success ? output.subjectType : undefined;
    },

    /** Returns the app's own access token, for elevated calls. */
    clientCredentials: (
      { clientSecret, instanceId }: {
        clientSecret: string;
        instanceId: string | undefined;
      },
    ): Promise<AppToken> =>
      clientCredentials({
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: clientSecret,
        ...(instanceId !== undefined && { instance_id: instanceId }),
      }),
  };
}

// Returns `grant`, which asks nothing of Wix for a minute after Wix refused it:
// what refused it is a setting. It then throws a 503 with `code`.
function rememberRefusal<Args extends unknown[], T>(
  grant: (...args: Args) => Promise<T>,
  code: string,
  setting: string,
  now: () => number,
): (...args: Args) => Promise<T> {
  let refusal: { readonly cause: WixError; readonly until: number } | undefined;
  const isRemembered = () => refusal !== undefined && now() < refusal.until;
  const refused = (cause: WixError, repeated: boolean) => {
    const description = `Wix refused ${setting} (${
      cause.code ?? cause.status
    })`;
    const { requestId } = cause;
    const facts = { status: 503, code, description, requestId, repeated };
    return new WixError(facts, { cause });
  };

  return async (...args) => {
    if (refusal !== undefined && isRemembered()) {
      throw refused(refusal.cause, true);
    }
    try {
      return await grant(...args);
    } catch (error) {
      if (!isClientError(error)) throw error;
      // Calls under way at the same time are refused together.
      const repeated = isRemembered();
      refusal = { cause: error, until: now() + PAUSE_SECONDS };
      throw refused(error, repeated);
    }
  };
}

function failure(
  response: Response,
  json: unknown,
  sent: Record<string, string>,
): WixError {
  const { code, description } = applicationError(json);
  const isOutage = OUTAGE_CODES.includes(code ?? "");
  const status = isOutage ? 503 : response.status;
  return new WixError({
    status,
    code,
    // What a refusal says may repeat what it was sent. In an outage the words
    // are often our own, which say what the trouble is.
    description: isUnreachable(status) && description &&
        withoutValues(description, sent) ||
      `The token endpoint responded ${status}`,
    requestId: response.headers.get("x-wix-request-id") ?? undefined,
  });
}

function withoutValues(text: string, sent: Record<string, string>): string {
  return Object.values(sent)
    .reduce((rest, value) => rest.replaceAll(value, REDACTED), text);
}

function malformed(what: string): WixError {
  return new WixError({
    status: 502,
    code: MALFORMED_TOKENS,
    description: `The token endpoint's response is unusable: ${what}`,
  });
}
