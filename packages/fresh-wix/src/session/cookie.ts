/**
 * The session cookies: their names, attributes and size. The only place that
 * turns a session into `Set-Cookie` lines and back.
 *
 * Members and visitors have a cookie each. A visitor's first call to Wix in
 * one tab may be under way while a login completes in another; its late answer
 * then sets the visitor's cookie, and cannot replace the member's. A login over
 * a member's session has to outlast that session's late answers as well, so
 * members have two cookies, and such a login takes the one that is free.
 *
 * @module
 */
import { deleteCookie, setCookie } from "@std/http/cookie";
import type { CookieJar, ReceivedCookies } from "../http/cookies.ts";
import { inSpan } from "../observe/span.ts";
import { claimsToSession, sessionToClaims } from "./claims.ts";
import { rememberOpened } from "./remember_opened.ts";
import { createSeal } from "./seal.ts";
import { type Session, sessionEndsAt } from "./session.ts";

/** Reads and writes the session cookie of one kind. */
export interface SessionCookie {
  /** Whose sessions it keeps. */
  readonly kind: Session["kind"];
  /** Name of the (first) cookie. */
  readonly name: string;
  /** Returns whether the request has this cookie, or a part of it. */
  isIn(jar: ReceivedCookies): boolean;
  /**
   * Returns the session in the request's cookies, at once when they were opened
   * before. Never throws.
   */
  open(
    jar: ReceivedCookies,
    now: number,
  ): OpenedCookie | Promise<OpenedCookie>;
  /**
   * Sets the cookies that keep `session`, which is of this kind. Times in Unix
   * seconds.
   */
  write(jar: CookieJar, session: Session, now: number): Promise<void>;
  /** Expires every part that the browser sent. */
  clear(jar: CookieJar): void;
}

/** What was in a request's session cookie. */
export interface OpenedCookie {
  readonly session: Session | undefined;
  /** When the session ends if it is not written again, in Unix seconds. */
  readonly expiresAt: number | undefined;
  /**
   * Whether there is a cookie that should be replaced or expired: it did not
   * open, or was sealed with a key that is being rotated out.
   */
  readonly stale: boolean;
}

const NONE: OpenedCookie = {
  session: undefined,
  expiresAt: undefined,
  stale: false,
};
const REFUSED: OpenedCookie = { ...NONE, stale: true };

/** What {@link createSessionCookie} needs; a subset of the settings. */
export interface SessionCookieOptions {
  readonly clientId: string;
  readonly sessionSecrets: readonly string[];
  /** True on http://localhost, where browsers refuse `Secure` cookies. */
  readonly local: boolean;
}

/**
 * Browsers keep 4,096 bytes per cookie, name and attributes included
 * (RFC 6265bis §5.6); the rest is room for those.
 */
const CHUNK_LENGTH = 3_800;

/** More parts than this are not ours, and servers cap the Cookie header. */
const MAX_CHUNKS = 4;

/** `Lax`, not `Strict`: with `Strict` a member who follows a link from another
 * site arrives without the cookie, and is taken for a visitor. */
const SAME_SITE = "Lax";

const NAMES = {
  member: "wix_session",
  second: "wix_session_2",
  visitor: "wix_session_visitor",
} as const;

/** Which of the cookies: `second` is a member's too. */
export type SessionCookieRole = keyof typeof NAMES;

/** Returns a cookie's name: `__Host-` forbids a Domain and demands https. */
export function sessionCookieName(
  role: SessionCookieRole,
  local: boolean,
): string {
  return local ? NAMES[role] : `__Host-${NAMES[role]}`;
}

/** Returns one of the cookies of an app's sessions. */
export function createSessionCookie(
  role: SessionCookieRole,
  { clientId, sessionSecrets, local }: SessionCookieOptions,
): SessionCookie {
  const kind = role === "visitor" ? "visitor" : "member";
  const name = sessionCookieName(role, local);
  const seal = createSeal({
    secrets: sessionSecrets,
    clientId,
    cookieName: name,
  });
  const openValue = rememberOpened(async (value, now) => {
    const opened = await inSpan("session open", () => seal.open(value, now));
    if (opened === undefined) return REFUSED;
    const { claims, expiresAt, outdatedKey } = opened;
    const session = claimsToSession(claims);
    return session?.kind === kind
      ? { session, expiresAt, stale: outdatedKey }
      : REFUSED;
  });
  const attributes = { path: "/", httpOnly: true, secure: !local } as const;
  const partNames = Array.from(
    { length: MAX_CHUNKS },
    (_, index) => index === 0 ? name : `${name}.${index}`,
  );
  const receivedParts = ({ received }: ReceivedCookies) =>
    partNames.filter((part) => received[part] !== undefined);

  const expire = ({ outgoing }: CookieJar, parts: readonly string[]) => {
    for (const part of parts) deleteCookie(outgoing, part, attributes);
  };

  return {
    kind,
    name,

    isIn: ({ received }) =>
      partNames.some((part) => received[part] !== undefined),

    open(jar, now) {
      const value = joinChunks(jar.received, partNames);
      if (value !== undefined) return openValue(value, now);
      return receivedParts(jar).length > 0 ? REFUSED : NONE;
    },

    async write(jar, session, now) {
      const expiresAt = sessionEndsAt(session, now);
      const sealed = await seal.seal(sessionToClaims(session), {
        now,
        expiresAt,
      });
      const chunks = splitChunks(sealed);
      const written = partNames.slice(0, chunks.length);
      written.forEach((name, index) =>
        setCookie(jar.outgoing, {
          ...attributes,
          name,
          value: chunks[index] ?? "",
          sameSite: SAME_SITE,
          maxAge: Math.max(0, expiresAt - now),
        })
      );
      expire(jar, receivedParts(jar).filter((part) => !written.includes(part)));
    },

    clear(jar) {
      expire(jar, receivedParts(jar));
    },
  };
}

/** A value in several parts starts with their number, as in `2~…`. */
const CHUNKED = /^([2-9])~/;

function splitChunks(sealed: string): string[] {
  const count = Math.ceil(sealed.length / CHUNK_LENGTH);
  if (count > MAX_CHUNKS) {
    throw new RangeError("Cannot write session: it is over the cookie limit");
  }
  if (count === 1) return [sealed];
  return Array.from({ length: count }, (_, index) => {
    const chunk = sealed.slice(
      index * CHUNK_LENGTH,
      (index + 1) * CHUNK_LENGTH,
    );
    return index === 0 ? `${count}~${chunk}` : chunk;
  });
}

function joinChunks(
  cookies: CookieJar["received"],
  [name = "", ...otherNames]: readonly string[],
): string | undefined {
  const first = cookies[name];
  if (first === undefined || first === "") return undefined;
  const count = Number(CHUNKED.exec(first)?.[1] ?? 1);
  if (count === 1) return first;
  if (count > MAX_CHUNKS) return undefined;
  // A missing part leaves a gap, and what has a gap does not open.
  const rest = otherNames.slice(0, count - 1).map((part) => cookies[part]);
  return [first.replace(CHUNKED, ""), ...rest].join("");
}
