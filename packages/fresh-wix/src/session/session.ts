// The session, and the rules for its lifetime: pure data and functions.

import type { members } from "@wix/members";
import * as v from "valibot";

/** Tokens of one identity. Names of RFC 6749 §5.1. */
export interface TokenSet {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When the access token ends, in Unix seconds. */
  readonly expiresAt: number;
}

/** What pages show of a member without a call to Wix. */
export interface MemberProfile {
  /** Wix member id, a GUID; missing when Wix gave no profile at the login. */
  readonly id: string | undefined;
  /** Nickname, or `Member`. */
  readonly name: string;
  /** As Wix returns it: `wix.imageUrl()` converts it to a URL. */
  readonly photo?: string | undefined;
}

/** A member with a profile from Wix. */
export interface KnownMember extends MemberProfile {
  readonly id: string;
}

interface AnySession {
  /** Random; identifies this session, and is not a secret. */
  readonly id: string;
  readonly tokens: TokenSet;
  /** When the session began, or the member logged in, in Unix seconds. */
  readonly startedAt: number;
}

/** The session of a visitor: an identity with a cart, but no name. */
export interface VisitorSession extends AnySession {
  readonly kind: "visitor";
}

/** The session of a member, who has logged in at Wix. */
export interface MemberSession extends AnySession {
  readonly kind: "member";
  /** Missing if Wix did not return it right after the login. */
  readonly member?: KnownMember | undefined;
}

/** A session as it is sealed into the cookie. */
export type Session = VisitorSession | MemberSession;

/** Returns a new session's id: 96 random bits, fit for a cookie's name. */
export function newSessionId(): string {
  return crypto.getRandomValues(new Uint8Array(12))
    .toBase64({ alphabet: "base64url" });
}

/** Name and photo are kept in the cookie, which has to stay small. */
const MAX_NAME_LENGTH = 100;
const MAX_PHOTO_LENGTH = 300;

/** Returns the stored profile of a member, `undefined` without an id. */
export function memberProfile(
  member: members.Member | undefined,
): KnownMember | undefined {
  if (!member?._id) return undefined;
  const name = member.profile?.nickname || member.profile?.slug || "Member";
  // By code point: half of an emoji is no letter.
  const short = [...name].slice(0, MAX_NAME_LENGTH).join("");
  const photo = member.profile?.photo?.url;
  const isKept = photo && photo.length <= MAX_PHOTO_LENGTH;
  return { id: member._id, name: short, ...(isKept && { photo }) };
}

const text = v.pipe(v.string(), v.nonEmpty());

/** Times after the year 2286 are invalid. */
const unixSeconds = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(1),
  v.maxValue(9_999_999_999),
);

const anySession = {
  id: v.pipe(v.string(), v.regex(/^[\w-]{16}$/)),
  tokens: v.object({
    accessToken: text,
    refreshToken: text,
    expiresAt: unixSeconds,
  }),
  startedAt: unixSeconds,
};

const member = v.object({ id: text, name: text, photo: v.optional(text) });

const SESSION: v.GenericSchema<unknown, Session> = v.variant("kind", [
  v.object({ kind: v.literal("visitor"), ...anySession }),
  v.object({
    kind: v.literal("member"),
    ...anySession,
    member: v.fallback(v.optional(member), undefined),
  }),
]);

/** A seal proves who wrote claims, not that this version of the app did. */
export function parseSession(claims: unknown): Session | undefined {
  const { success, output } = v.safeParse(SESSION, claims);
  return success ? output : undefined;
}

/** A session whose tokens are not refreshed for this long ends. */
export const IDLE_LIFETIME_SECONDS = 30 * 24 * 60 * 60;
/** A session ends after this long, even if it is used. */
export const ABSOLUTE_LIFETIME_SECONDS = 180 * 24 * 60 * 60;
/** Access tokens are refreshed this long before they end. */
export const REFRESH_MARGIN_SECONDS = 5 * 60;

/** Returns when a session that is sealed at `now` ends. All Unix seconds. */
export function sessionEndsAt(session: Session, now: number): number {
  return Math.min(
    now + IDLE_LIFETIME_SECONDS,
    session.startedAt + ABSOLUTE_LIFETIME_SECONDS,
  );
}

/**
 * Returns whether an access token works (`fresh`), works but is due for a
 * refresh (`due`), or no longer works (`expired`).
 * @param jitter 0 to 1: moves the refresh up to a minute earlier, so that
 * sessions that began together do not refresh together.
 */
export function tokenState(
  { expiresAt }: Pick<TokenSet, "expiresAt">,
  now: number,
  jitter = 0,
): "fresh" | "due" | "expired" {
  if (expiresAt <= now) return "expired";
  const refreshAt = expiresAt - REFRESH_MARGIN_SECONDS - jitter * 60;
  return now < refreshAt ? "fresh" : "due";
}
