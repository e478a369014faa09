/**
 * The session as claims inside the seal, and back. A seal proves who wrote the
 * claims, not that this version of the app wrote them, so they are parsed.
 *
 * @module
 */
import type { JWTPayload } from "jose";
import type { MemberProfile, Session, TokenSet } from "./session.ts";

/** Returns the claims to seal for a session. */
export function sessionToClaims(session: Session): JWTPayload {
  return { ...session };
}

/**
 * Returns the session in opened claims, or `undefined` when it is not one. It is
 * frozen: all requests that come with the same cookie share it.
 */
export function claimsToSession(claims: JWTPayload): Session | undefined {
  const { kind, id, startedAt } = claims;
  const tokens = parseTokens(claims.tokens);
  if (tokens === undefined || !isText(id) || !isUnixSeconds(startedAt)) {
    return undefined;
  }
  const session = { id, tokens, startedAt };
  switch (kind) {
    case "visitor":
      return Object.freeze({ kind, ...session });
    case "member":
      return Object.freeze({
        kind,
        ...session,
        member: parseMember(claims.member),
      });
    default:
      return undefined;
  }
}

function parseTokens(value: unknown): TokenSet | undefined {
  if (!isRecord(value)) return undefined;
  const { accessToken, refreshToken, expiresAt } = value;
  return isText(accessToken) && isText(refreshToken) && isUnixSeconds(expiresAt)
    ? Object.freeze({ accessToken, refreshToken, expiresAt })
    : undefined;
}

function parseMember(value: unknown): MemberProfile | undefined {
  if (!isRecord(value)) return undefined;
  const { id, name } = value;
  return isText(id) && isText(name) ? Object.freeze({ id, name }) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Later than this is nonsense, not a time (year 2286). */
const MAX_UNIX_SECONDS = 9_999_999_999;

function isUnixSeconds(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 &&
    Number(value) <= MAX_UNIX_SECONDS;
}
