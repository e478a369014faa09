/**
 * The grants of Wix's token endpoint, called by ourselves: the SDK's own
 * strategy hides the status of a failure and turns a member into a visitor on
 * any of them.
 *
 * @see RFC 6749 §4.1.3, §4.4, §5, §6
 * @module
 */
import { REDACTED } from "../errors/redact.ts";
import type { TokenSet } from "../session/session.ts";
import { withoutBudget } from "../wix/request_scope.ts";
import {
  APP_CREDENTIALS_REFUSED,
  applicationError,
  isUnreachable,
  WixError,
} from "../wix/wix_error.ts";

/** `POST /oauth2/token` in the grants that the app uses. */
export interface TokenEndpoint {
  /** Returns the tokens of a new visitor. */
  anonymous(): Promise<TokenSet>;
  /**
   * Returns new tokens of the same identity. Wix may rotate the refresh token;
   * the returned set holds the one to keep. Takes its own time, as many
   * requests may wait for it; see {@link withinBudget}.
   *
   * @throws {InvalidGrantError} when Wix says that the session is over.
   */
  refresh(refreshToken: string): Promise<TokenSet>;
  /**
   * Returns whether a refresh met no usable answer just now: somebody whose
   * token still lives need not wait for the next one to fail.
   */
  isSilent(): boolean;
  /**
   * Returns a member's tokens for an authorization code.
   *
   * @throws {InvalidGrantError} when Wix refuses the code.
   */
  authorizationCode(
    grant: { code: string; codeVerifier: string; redirectUri: string },
  ): Promise<TokenSet>;
  /**
   * Returns whom an access token stands for, such as `MEMBER` or `VISITOR`;
   * `undefined` when Wix does not say.
   *
   * @see https://dev.wix.com/docs/api-reference/app-management/oauth-2/token-info
   */
  subjectType(accessToken: string): Promise<string | undefined>;
  /**
   * Returns the app's own access token, for elevated calls. Takes its own time,
   * as {@link refresh} does.
   *
   * @throws {WixError} `APP_CREDENTIALS_REFUSED` when Wix refuses them.
   */
  clientCredentials(
    grant: { clientSecret: string; instanceId: string | undefined },
  ): Promise<AppToken>;
}

/** An access token of the app itself. */
export interface AppToken {
  readonly accessToken: string;
  /** Unix seconds. */
  readonly expiresAt: number;
}

/**
 * Wix refused a grant for good (`invalid_grant`, RFC 6749 §5.2). Its `cause`
 * has status and request id.
 */
export class InvalidGrantError extends Error {
  override readonly name = "InvalidGrantError";
  /** The RFC 6749 error code. */
  readonly code = "invalid_grant";
}

/** What {@link createTokenEndpoint} needs. */
export interface TokenEndpointOptions {
  readonly clientId: string;
  /** The one door to Wix. */
  readonly wixFetch: typeof fetch;
  /** Unix seconds. */
  readonly now: () => number;
}

/** Code of the {@link WixError} for an answer without usable tokens. */
export const MALFORMED_TOKENS = "MALFORMED_TOKEN_RESPONSE";

const TOKEN_URL = "https://www.wixapis.com/oauth2/token";
const TOKEN_INFO_URL = "https://www.wixapis.com/oauth2/token-info";

/** Longer than any lifetime that Wix documents (4 hours) by far. */
const MAX_LIFETIME_SECONDS = 24 * 60 * 60;

/** Sealed they have to fit into the parts of the session cookie. */
const MAX_TOKENS_LENGTH = 10_000;

/** How long refreshes that can wait are not tried after one that failed. */
const SILENCE_SECONDS = 30;

/** Returns the token endpoint for one client id. */
export function createTokenEndpoint(
  { clientId, wixFetch, now }: TokenEndpointOptions,
): TokenEndpoint {
  const request = async (
    body: Record<string, string>,
    knownRefreshToken?: string,
  ) => {
    const askedAt = now();
    const response = await wixFetch(TOKEN_URL, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.status !== 200) throw refusal(response, answer, body);
    return parseTokens(answer, askedAt, knownRefreshToken);
  };

  const session = async (
    body: Record<string, string>,
    knownRefreshToken?: string,
  ): Promise<TokenSet> => {
    const { refreshToken, ...token } = await request(body, knownRefreshToken);
    if (refreshToken === undefined) throw malformed("no refresh_token");
    return { ...token, refreshToken };
  };

  let silentUntil = 0;

  return {
    anonymous: () => session({ clientId, grantType: "anonymous" }),

    async refresh(refreshToken) {
      const grant = { clientId, grantType: "refresh_token", refreshToken };
      try {
        const tokens = await withoutBudget(() => session(grant, refreshToken));
        silentUntil = 0;
        return tokens;
      } catch (error) {
        if (error instanceof WixError && isUnreachable(error.status)) {
          silentUntil = now() + SILENCE_SECONDS;
        }
        throw error;
      }
    },

    isSilent: () => now() < silentUntil,

    authorizationCode: (grant) =>
      session({ clientId, grantType: "authorization_code", ...grant }),

    async subjectType(accessToken) {
      const response = await wixFetch(TOKEN_INFO_URL, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ token: accessToken }),
      });
      const answer: unknown = await response.json().catch(() => undefined);
      const { subjectType } = fieldsOf(answer);
      return typeof subjectType === "string" ? subjectType : undefined;
    },

    async clientCredentials({ clientSecret, instanceId }) {
      const grant = {
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: clientSecret,
        ...(instanceId !== undefined && { instance_id: instanceId }),
      };
      const { accessToken, expiresAt } = await withoutBudget(() =>
        request(grant).catch((error) => {
          throw credentialsRefusal(error) ?? error;
        })
      );
      return { accessToken, expiresAt };
    },
  };
}

function parseTokens(
  answer: unknown,
  askedAt: number,
  knownRefreshToken: string | undefined,
) {
  const fields = fieldsOf(answer);
  const accessToken = fields.access_token;
  if (!isToken(accessToken)) throw malformed("no usable access_token");
  // Without a lifetime a token would count as endless, or as already over.
  const lifetime = Number(fields.expires_in ?? NaN);
  if (!(lifetime > 0 && lifetime <= MAX_LIFETIME_SECONDS)) {
    throw malformed("no usable expires_in");
  }
  const refreshToken = isToken(fields.refresh_token)
    ? fields.refresh_token
    : knownRefreshToken;
  if (accessToken.length + (refreshToken ?? "").length > MAX_TOKENS_LENGTH) {
    throw malformed("larger than cookies can hold");
  }
  return {
    accessToken,
    expiresAt: askedAt + Math.floor(lifetime),
    refreshToken,
  };
}

/** Visible ASCII (RFC 6749 §A.12, §A.17): headers hold no other text. */
function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

function refusal(
  response: Response,
  answer: unknown,
  sent: Record<string, string>,
): Error {
  const { error, details } = fieldsOf(answer);
  const { code, description } = applicationError(details);
  const wixError = new WixError({
    status: response.status,
    code: typeof error === "string" ? error : code,
    // What a refusal says may repeat what it was sent. In an outage the words
    // are often the door's, which say what the trouble is; Wix's own may
    // repeat it there too.
    description: isUnreachable(response.status) &&
        description && withoutValues(description, sent) ||
      `The token endpoint answered ${response.status}`,
    requestId: response.headers.get("x-wix-request-id") ?? undefined,
  });
  return isRefusal(response.status) && error === "invalid_grant"
    ? new InvalidGrantError("Wix refused the grant: invalid_grant", {
      cause: wixError,
    })
    : wixError;
}

function withoutValues(text: string, sent: Record<string, string>): string {
  return Object.values(sent).reduce(
    (rest, value) => rest.replaceAll(value, REDACTED),
    text,
  );
}

/** Returns what a failed `client_credentials` is when Wix said no to it. */
function credentialsRefusal(error: unknown): WixError | undefined {
  const refused = error instanceof InvalidGrantError ? error.cause : error;
  if (!(refused instanceof WixError) || !isRefusal(refused.status)) {
    return undefined;
  }
  const { status, code, requestId } = refused;
  return new WixError({
    status,
    code: APP_CREDENTIALS_REFUSED,
    description: `The app's credentials were refused (${code ?? "no code"})`,
    requestId,
  }, { cause: error });
}

/** 429 is a request to wait, whatever its body says. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 429;
}

/** Returns the fields of a JSON object; none for anything else. */
function fieldsOf(answer: unknown): Record<string, unknown> {
  return typeof answer === "object" && answer !== null ? { ...answer } : {};
}

function malformed(what: string): WixError {
  return new WixError({
    status: 502,
    code: MALFORMED_TOKENS,
    description: `The token endpoint's answer is unusable: ${what}`,
    requestId: undefined,
  });
}
