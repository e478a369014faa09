import type { Backend } from "../backend.ts";
import type { Grant } from "../counters.ts";
import type { HttpRequest } from "../http/http_request.ts";
import type { JsonObject } from "../http/json.ts";
import { openNote } from "../custom_login/signed_notes.ts";
import { textIn } from "../http/parse.ts";
import { requireTrustedClient } from "../identity/trusted_client.ts";
import type { TokenHolder } from "../identity/identity.ts";
import { mayCall } from "../identity/resolve_identity.ts";
import type { Site } from "../seed/site.ts";
import { OAuthError } from "./oauth_error.ts";

/** The reply of the token endpoint. */
export interface TokenReply {
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly token_type: "Bearer";
  readonly refresh_token?: string;
}

type GrantHandler = (
  fields: JsonObject,
  backend: Backend,
  headers: HttpRequest["headers"],
) => TokenReply;

/** How each grant turns its fields (in snake case) into tokens. */
export const GRANT_HANDLERS: Readonly<Record<Grant, GrantHandler>> = {
  anonymous,
  refresh_token: refresh,
  authorization_code: authorizationCode,
  client_credentials: clientCredentials,
  authorized_client: authorizedClient,
  strip_bound_session: stripBoundSession,
};

function anonymous(_fields: JsonObject, backend: Backend): TokenReply {
  const visitorId = backend.newId();
  return withRefreshToken(
    { kind: "visitor", visitorId, sessionId: backend.newId() },
    backend,
  );
}

/**
 * Keeps the identity behind the refresh token.
 *
 * UNDOCUMENTED: whether a refresh answers a new refresh token. Here it does, and
 * the old one keeps working, so that clients that store it and clients that
 * do not (the SDK) both get on. Tests can choose another rotation.
 */
function refresh(fields: JsonObject, backend: Backend): TokenReply {
  const used = required(fields, "refresh_token");
  const holder = backend.tokens.openRefresh(used);
  if (!holder || !mayCall(holder, backend.store)) {
    throw new OAuthError(
      "invalid_grant",
      "refresh_token is revoked or unknown",
    );
  }
  const { rotation } = backend.settings;
  if (rotation === "off") {
    return { ...accessOnly(holder, backend), refresh_token: used };
  }
  if (rotation === "strict") backend.tokens.spendRefresh(used);
  return withRefreshToken(holder, backend);
}

function authorizationCode(fields: JsonObject, backend: Backend): TokenReply {
  const grant = backend.codes.redeem(required(fields, "code"), {
    codeVerifier: required(fields, "code_verifier"),
    redirectUri: textIn(fields.redirect_uri),
  });
  if (typeof grant === "string") throw new OAuthError("invalid_grant", grant);
  const { memberId, visitorId, refreshable } = grant;
  const sessionId = backend.newId();
  const holder = { kind: "member", memberId, visitorId, sessionId } as const;
  return refreshable
    ? withRefreshToken(holder, backend)
    : accessOnly(holder, backend);
}

function clientCredentials(fields: JsonObject, backend: Backend): TokenReply {
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
 * For servers that know by themselves who somebody is: they name a member and
 * prove by an API key that they may. With a session token, it has to be of that
 * member.
 *
 * UNDOCUMENTED: what the `authorized_client` grant answers to a wrong member or
 * session. Here `invalid_grant`.
 */
function authorizedClient(
  fields: JsonObject,
  backend: Backend,
  headers: HttpRequest["headers"],
): TokenReply {
  const client = requireTrustedClient(headers, backend);
  const memberId = required(fields, "member_id");
  const session = textIn(fields.session_token);
  const isTheirs = session === undefined ||
    openNote("session", session, backend.now()) === memberId;
  const sessionId = backend.newId();
  const visitorId = "visitorId" in client ? client.visitorId : backend.newId();
  const holder = { kind: "member", memberId, visitorId, sessionId } as const;
  if (!isTheirs || !mayCall(holder, backend.store)) {
    throw new OAuthError("invalid_grant", "member_id cannot be logged in");
  }
  return withRefreshToken(holder, backend);
}

/**
 * For an app whose page sends it somebody's access token: the same person's, to
 * be used on the server.
 *
 * UNDOCUMENTED: what the `strip_bound_session` grant takes from a token. Here
 * nothing: it answers another access token of the same session.
 */
function stripBoundSession(fields: JsonObject, backend: Backend): TokenReply {
  checkSecret(fields, backend.site);
  const holder = backend.tokens.openAccess(required(fields, "access_token"));
  if (!holder || !mayCall(holder, backend.store)) {
    throw new OAuthError("invalid_grant", "access_token is expired or unknown");
  }
  return accessOnly(holder, backend);
}

function checkSecret(fields: JsonObject, site: Site): void {
  if (required(fields, "client_secret") === site.clientSecret) return;
  throw new OAuthError("invalid_client", "client_secret is wrong");
}

function withRefreshToken(holder: TokenHolder, backend: Backend): TokenReply {
  const refresh_token = backend.tokens.issueRefresh(holder);
  return { ...accessOnly(holder, backend), refresh_token };
}

function accessOnly(holder: TokenHolder, backend: Backend): TokenReply {
  const expires_in = backend.settings.accessTokenSeconds;
  const access_token = backend.tokens.issueAccess(holder, expires_in);
  return { access_token, expires_in, token_type: "Bearer" };
}

function required(fields: JsonObject, name: string): string {
  const value = textIn(fields[name]);
  if (value) return value;
  throw new OAuthError("invalid_request", `${name} is missing`);
}
