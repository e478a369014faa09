/**
 * What a session is, and the rules about its time: pure data and decisions.
 *
 * @module
 */

/** Tokens of one identity. Names of RFC 6749 §5.1; times in Unix seconds. */
export interface TokenSet {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When the access token ends, in Unix seconds. */
  readonly expiresAt: number;
}

/** What pages show of a member without asking Wix. */
export interface MemberProfile {
  /** Wix member id, a GUID. */
  readonly id: string;
  /** Nickname, or what stands in for it. */
  readonly name: string;
}

interface AnySession {
  /** Random; tells this session from others, and gives nothing away. */
  readonly id: string;
  readonly tokens: TokenSet;
  /** When the session began, or the member logged in, in Unix seconds. */
  readonly startedAt: number;
}

/** Someone who has not logged in: an identity with a cart, but no name. */
export interface VisitorSession extends AnySession {
  readonly kind: "visitor";
}

/** Someone who logged in at Wix. */
export interface MemberSession extends AnySession {
  readonly kind: "member";
  /** Missing when Wix did not answer right after the login. */
  readonly member: MemberProfile | undefined;
}

/** A session as it is sealed into the cookie. */
export type Session = VisitorSession | MemberSession;

/**
 * A session whose tokens are not renewed for this long ends. Thirty days is what
 * Wix's own templates give visitors. Pages that call no Wix do not prolong it:
 * writing the same tokens again could overwrite newer ones of another answer.
 */
export const IDLE_LIFETIME_SECONDS = 30 * 24 * 60 * 60;

/** A session ends after this long however much it is used. */
export const ABSOLUTE_LIFETIME_SECONDS = 180 * 24 * 60 * 60;

/**
 * Access tokens are renewed this long before they end, so that none ends on
 * its way to Wix.
 */
export const RENEWAL_MARGIN_SECONDS = 5 * 60;

/** Returns when a session that is sealed at `now` ends. All Unix seconds. */
export function sessionEndsAt(session: Session, now: number): number {
  return Math.min(
    now + IDLE_LIFETIME_SECONDS,
    session.startedAt + ABSOLUTE_LIFETIME_SECONDS,
  );
}

/** State of an access token at a moment. */
export type TokenState = "fresh" | "renewable" | "expired";

/**
 * Returns when an access token is due for renewal, in Unix seconds: the first
 * call to Wix after that renews it.
 */
export function renewsAt({ expiresAt }: Pick<TokenSet, "expiresAt">): number {
  return expiresAt - RENEWAL_MARGIN_SECONDS;
}

/**
 * Returns whether the access token may be used as it is (`fresh`), should be
 * renewed but still works (`renewable`), or no longer works (`expired`).
 *
 * @param now Unix seconds.
 * @param jitter 0 to 1: moves the renewal up to a minute earlier, so that
 * sessions that began together do not renew together.
 */
export function tokenState(
  tokens: Pick<TokenSet, "expiresAt">,
  now: number,
  jitter = 0,
): TokenState {
  if (tokens.expiresAt <= now) return "expired";
  return now < renewsAt(tokens) - jitter * 60 ? "fresh" : "renewable";
}

/** Longer than any answer is under way. */
const SETTLED_SECONDS = 60;

/**
 * Returns whether no request of this moment renews the session's tokens: only
 * then may an answer write the same tokens again, under a newer key. Otherwise
 * it could arrive last and undo the renewal.
 *
 * @param now Unix seconds.
 */
export function isSettled({ tokens }: Session, now: number): boolean {
  return tokenState(tokens, now + SETTLED_SECONDS, 1) === "fresh";
}
