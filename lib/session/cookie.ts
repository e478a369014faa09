/**
 * The session cookie: its name, attributes and size. The only place that turns
 * a session into `Set-Cookie` lines and back.
 *
 * @module
 */
import { deleteCookie, setCookie } from "@std/http/cookie";
import type { CookieJar } from "@/lib/http/cookies.ts";
import { claimsToSession, sessionToClaims } from "./claims.ts";
import { createSeal } from "./seal.ts";
import { type Session, sessionEndsAt } from "./session.ts";

/** Reads and writes the session cookie. */
export interface SessionCookie {
  /** Name of the (first) cookie. */
  readonly name: string;
  /**
   * Returns the session in the request's cookies. `stale` is true when there
   * is a cookie that should be replaced or expired: it did not open, or was
   * sealed with a key that is being rotated out. Never throws.
   */
  open(
    jar: CookieJar,
    now: number,
  ): Promise<{ session: Session | undefined; stale: boolean }>;
  /** Sets the cookies that keep `session`. Times in Unix seconds. */
  write(jar: CookieJar, session: Session, now: number): Promise<void>;
  /** Expires every part that the browser sent. */
  clear(jar: CookieJar): void;
}

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
 * site arrives without the cookie, and a new visitor would take its place. */
const SAME_SITE = "Lax";

/** Returns the cookie's name: `__Host-` forbids a Domain and demands https. */
export function sessionCookieName(local: boolean): string {
  return local ? "wix_session" : "__Host-wix_session";
}

/** Returns the session cookie of an app. */
export function createSessionCookie(
  { clientId, sessionSecrets, local }: SessionCookieOptions,
): SessionCookie {
  const name = sessionCookieName(local);
  const seal = createSeal({
    secrets: sessionSecrets,
    clientId,
    cookieName: name,
  });
  const attributes = { path: "/", httpOnly: true, secure: !local } as const;
  const partName = (index: number) => index === 0 ? name : `${name}.${index}`;
  const receivedParts = ({ received }: CookieJar) =>
    Array.from({ length: MAX_CHUNKS }, (_, index) => partName(index))
      .filter((part) => received[part] !== undefined);

  const expire = ({ outgoing }: CookieJar, parts: readonly string[]) => {
    for (const part of parts) deleteCookie(outgoing, part, attributes);
  };

  return {
    name,

    async open(jar, now) {
      const value = joinChunks(jar.received, partName);
      const opened = value === undefined
        ? undefined
        : await seal.open(value, now);
      const session = opened && claimsToSession(opened.claims);
      return {
        session,
        stale: session === undefined
          ? receivedParts(jar).length > 0
          : opened?.outdatedKey === true,
      };
    },

    async write(jar, session, now) {
      const expiresAt = sessionEndsAt(session, now);
      const sealed = await seal.seal(sessionToClaims(session), {
        now,
        expiresAt,
      });
      const chunks = splitChunks(sealed);
      chunks.forEach((value, index) =>
        setCookie(jar.outgoing, {
          ...attributes,
          name: partName(index),
          value,
          sameSite: SAME_SITE,
          maxAge: Math.max(0, expiresAt - now),
        })
      );
      const written = chunks.map((_, index) => partName(index));
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
  partName: (index: number) => string,
): string | undefined {
  const first = cookies[partName(0)];
  if (first === undefined || first === "") return undefined;
  const count = Number(CHUNKED.exec(first)?.[1] ?? 1);
  if (count === 1) return first;
  if (count > MAX_CHUNKS) return undefined;
  const rest = Array.from(
    { length: count - 1 },
    (_, index) => cookies[partName(index + 1)],
  );
  // A missing part leaves a gap, and what has a gap does not open.
  return [first.replace(CHUNKED, ""), ...rest].join("");
}
