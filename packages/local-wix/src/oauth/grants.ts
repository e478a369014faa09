import type { Backend } from "../backend.ts";
import type { Call } from "../call.ts";
import { type JsonObject, textIn } from "../http/json.ts";
import type { TokenHolder } from "../identity/identity.ts";
import type { Site } from "../site/site.ts";
import { redeemCode } from "./authorization_codes.ts";
import { type Grant, OAuthError } from "./protocol.ts";
import { mayCall, requireTrustedClient } from "./resolve_identity.ts";
import { openLoginToken } from "./signed_tokens.ts";

/** The reply of the token endpoint. */
export interface TokenReply {
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly token_type: "Bearer";
  readonly refresh_token?: string;
}

/** Exchanges the fields of a grant, in snake case, for tokens. */
export type GrantHandler = (fields: JsonObject, call: Call) => TokenReply;

/** The handler of each grant. */
export const GRANT_HANDLERS: Readonly<Record<Grant, GrantHandler>> = {
  anonymous,
  refresh_token: refresh,
  authorization_code: authorizationCode,
  client_credentials: clientCredentials,
  authorized_client: authorizedClient,
  strip_bound_session: stripBoundSession,
};

function anonymous(_fields: JsonObject, { backend }: Call): TokenReply {
  const visitorId = backend.newId();
  const sessionId = backend.newId();
  return bothTokens({ kind: "visitor", visitorId, sessionId }, backend);
}

/**
 * Keeps the identity behind the refresh token.
 *
 * UNDOCUMENTED: whether a refresh returns a new refresh token. Here it does, and
 * the old one keeps working, so that clients that store it and clients that
 * do not (the SDK) both work. Tests can choose another rotation.
 */
function refresh(fields: JsonObject, { backend }: Call): TokenReply {
  const used = required(fields, "refresh_token");
  const holder = backend.tokens.openRefresh(used);
  if (!holder || !mayCall(holder, backend)) {
    throw new OAuthError(
      "invalid_grant",
      "refresh_token is revoked or unknown",
    );
  }
  const { rotation } = backend.settings.values;
  if (rotation === "off") {
    return { ...accessOnly(holder, backend), refresh_token: used };
  }
  if (rotation === "strict") backend.tokens.spendRefresh(used);
  return bothTokens(holder, backend);
}

function authorizationCode(fields: JsonObject, { backend }: Call): TokenReply {
  const grant = redeemCode(backend, required(fields, "code"), {
    codeVerifier: required(fields, "code_verifier"),
    redirectUri: textIn(fields.redirect_uri),
  });
  if (typeof grant === "string") throw new OAuthError("invalid_grant", grant);
  const { memberId, visitorId, refreshable } = grant;
  const sessionId = backend.newId();
  const holder = { kind: "member", memberId, visitorId, sessionId } as const;
  return (refreshable ? bothTokens : accessOnly)(holder, backend);
}

function clientCredentials(fields: JsonObject, { backend }: Call): TokenReply {
  const { site } = backend;
  checkSecret(fields, site);
  const instanceId = textIn(fields.instance_id) ?? site.instanceId;
  if (instanceId !== site.instanceId) {
    const text = `The app has no instance ${instanceId}`;
    throw new OAuthError("invalid_request", text);
  }
  return accessOnly({ kind: "app", sessionId: backend.newId() }, backend);
}

/**
 * For servers that authenticate users themselves: they name a member, and an
 * API key proves that they may. A session token has to be that member's.
 *
 * UNDOCUMENTED: the `authorized_client` grant with a wrong member or session.
 * Here it is refused with `invalid_grant`.
 */
function authorizedClient(
  fields: JsonObject,
  { backend, request }: Call,
): TokenReply {
  const client = requireTrustedClient(request.headers, backend);
  const memberId = required(fields, "member_id");
  const session = textIn(fields.session_token);
  const isTheirs = session === undefined ||
    openLoginToken("session", session, backend.now()) === memberId;
  const sessionId = backend.newId();
  const visitorId = "visitorId" in client ? client.visitorId : backend.newId();
  const holder = { kind: "member", memberId, visitorId, sessionId } as const;
  if (isTheirs && mayCall(holder, backend)) return bothTokens(holder, backend);
  throw new OAuthError("invalid_grant", "member_id cannot be logged in");
}

/**
 * For an app whose page sends it a user's access token: the same user's, for
 * calls from the server.
 *
 * UNDOCUMENTED: what the `strip_bound_session` grant takes from a token. Here
 * nothing: it returns another access token of the same session.
 */
function stripBoundSession(fields: JsonObject, { backend }: Call): TokenReply {
  checkSecret(fields, backend.site);
  const holder = backend.tokens.openAccess(required(fields, "access_token"));
  if (holder && mayCall(holder, backend)) return accessOnly(holder, backend);
  throw new OAuthError("invalid_grant", "access_token is expired or unknown");
}

function checkSecret(fields: JsonObject, site: Site): void {
  if (required(fields, "client_secret") === site.clientSecret) return;
  throw new OAuthError("invalid_client", "client_secret is wrong");
}

function bothTokens(holder: TokenHolder, backend: Backend): TokenReply {
  const refresh_token = backend.tokens.issueRefresh(holder);
  return { ...accessOnly(holder, backend), refresh_token };
}

function accessOnly(holder: TokenHolder, backend: Backend): TokenReply {
  const expires_in = backend.settings.values.accessTokenSeconds;
  const access_token = backend.tokens.issueAccess(holder, expires_in);
  return { access_token, expires_in, token_type: "Bearer" };
}

function required(fields: JsonObject, name: string): string {
  const value = textIn(fields[name]);
  if (value) return value;
  throw new OAuthError("invalid_request", `${name} is missing`);
}
