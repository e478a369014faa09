/**
 * Two small cookies beside a member's session, for what one answer must know
 * about another that it may have overtaken. They hold no secret, and whoever
 * forges one harms only their own session.
 *
 * @module
 */
import { deleteCookie, setCookie } from "@std/http/cookie";
import type { CookieJar, ReceivedCookies } from "../http/cookies.ts";
import { IDLE_LIFETIME_SECONDS, type MemberSession } from "./session.ts";

/** The markers of one browser. */
export interface Markers {
  /**
   * Returns whether a session was ended in this browser. An answer that was
   * under way while somebody logged out may set the old session again; it
   * counts as little as before.
   */
  isEnded(jar: ReceivedCookies, session: MemberSession): boolean;
  /** Marks a session as ended. */
  markEnded(jar: CookieJar, session: MemberSession): void;
  /**
   * Returns whether Wix refused to renew these very tokens, and did so long
   * enough ago. A refusal may be a lost race: where refresh tokens rotate,
   * another process may have renewed them just now, and its answer be on its
   * way. Time in Unix seconds.
   */
  isDoubted(jar: CookieJar, session: MemberSession, now: number): boolean;
  /** Marks a session's tokens as refused; the first time counts. */
  markDoubted(jar: CookieJar, session: MemberSession, now: number): void;
  /** Removes a doubt that was answered. */
  clearDoubt(jar: CookieJar): void;
}

/** As long as the sessions live that they are about. */
const MAX_AGE_SECONDS = IDLE_LIFETIME_SECONDS;

/** Longer than another process may take to answer: calls to Wix have 7 s. */
const DOUBT_SECONDS = 10;

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
  /** When these very tokens were refused, in Unix seconds. */
  const doubtedSince = (
    { received }: CookieJar,
    { id, tokens }: MemberSession,
    now: number,
  ) => {
    const [of, expiresAt, since] = received[doubt]?.split(".") ?? [];
    const isTime = /^\d{1,10}$/.test(since ?? "") && Number(since) <= now;
    return of === id && expiresAt === String(tokens.expiresAt) && isTime
      ? Number(since)
      : undefined;
  };

  return {
    isEnded: ({ received }, { id }) => received[ended] === id,
    markEnded: (jar, { id }) =>
      set(jar, { name: ended, value: id, maxAge: MAX_AGE_SECONDS }),
    isDoubted(jar, session, now) {
      const since = doubtedSince(jar, session, now);
      return since !== undefined && now - since >= DOUBT_SECONDS;
    },
    markDoubted(jar, session, now) {
      const { id, tokens } = session;
      const since = doubtedSince(jar, session, now) ?? now;
      set(jar, {
        name: doubt,
        value: `${id}.${tokens.expiresAt}.${since}`,
        maxAge: MAX_AGE_SECONDS,
      });
    },
    clearDoubt(jar) {
      if (jar.received[doubt] === undefined) return;
      deleteCookie(jar.outgoing, doubt, attributes);
    },
  };
}
