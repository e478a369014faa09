/**
 * Two small cookies beside a member's session, for what one answer must know
 * about another that it may have overtaken. They hold no secret, and whoever
 * forges one harms only their own session.
 *
 * @module
 */
import { deleteCookie, setCookie } from "@std/http/cookie";
import type { CookieJar } from "@/lib/http/cookies.ts";
import { IDLE_LIFETIME_SECONDS, type MemberSession } from "./session.ts";

/** The markers of one browser. */
export interface Markers {
  /**
   * Returns whether a session was ended in this browser. An answer that was
   * under way while somebody logged out may set the old session again; it
   * counts as little as before.
   */
  isEnded(jar: CookieJar, session: MemberSession): boolean;
  /** Marks a session as ended. */
  markEnded(jar: CookieJar, session: MemberSession): void;
  /**
   * Returns whether Wix refused to renew these very tokens before. The first
   * refusal may be a lost race: where refresh tokens rotate, another process
   * may have renewed them just now, and its answer be on its way.
   */
  isDoubted(jar: CookieJar, session: MemberSession): boolean;
  /** Marks a session's tokens as refused once. */
  markDoubted(jar: CookieJar, session: MemberSession): void;
  /** Removes a doubt that was answered. */
  clearDoubt(jar: CookieJar): void;
}

/** As long as a cookie lives that a late answer may have set again. */
const ENDED_MAX_AGE_SECONDS = IDLE_LIFETIME_SECONDS;
const DOUBT_MAX_AGE_SECONDS = 60;

/** Returns the markers; `local` as for the session cookie. */
export function createMarkers(local: boolean): Markers {
  const prefix = local ? "" : "__Host-";
  const ended = `${prefix}wix_session_ended`;
  const doubt = `${prefix}wix_session_doubt`;
  const attributes = { path: "/", httpOnly: true, secure: !local } as const;
  const set = (
    { outgoing }: CookieJar,
    cookie: { name: string; value: string; maxAge: number },
  ) => setCookie(outgoing, { ...attributes, ...cookie, sameSite: "Lax" });
  const doubtValue = ({ id, tokens }: MemberSession) =>
    `${id}.${tokens.expiresAt}`;

  return {
    isEnded: ({ received }, { id }) => received[ended] === id,
    markEnded: (jar, { id }) =>
      set(jar, { name: ended, value: id, maxAge: ENDED_MAX_AGE_SECONDS }),
    isDoubted: ({ received }, session) =>
      received[doubt] === doubtValue(session),
    markDoubted: (jar, session) =>
      set(jar, {
        name: doubt,
        value: doubtValue(session),
        maxAge: DOUBT_MAX_AGE_SECONDS,
      }),
    clearDoubt(jar) {
      if (jar.received[doubt] === undefined) return;
      deleteCookie(jar.outgoing, doubt, attributes);
    },
  };
}
