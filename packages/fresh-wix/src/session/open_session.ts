/**
 * Finding the session in what a browser sent.
 *
 * @module
 */
import { readCookies, type ReceivedCookies } from "../http/cookies.ts";
import type { OpenedCookie, SessionCookie } from "./cookie.ts";
import type { Markers } from "./markers.ts";
import { rememberOpened } from "./remember_opened.ts";

/** What a `Cookie` header held. Requests share it: nothing in it changes. */
export interface OpenedSession extends OpenedCookie, ReceivedCookies {
  /** The session cookies that were there, also those that do not count. */
  readonly present: readonly SessionCookie[];
  /** The one with the session. */
  readonly cookie: SessionCookie | undefined;
  /** One did not open on the way, as after an attack or with another key. */
  readonly refused: boolean;
}

/**
 * What a cookie counts for besides its characters, in characters: somebody with
 * a session may send thousands of others beside it, each a few characters long.
 */
const COOKIE_SIZE = 100;

/**
 * Returns a function that opens a `Cookie` header, empty for none: the session
 * is that of the first cookie that counts. Times in Unix seconds. It never
 * throws for what `Headers.get()` returns, and answers at once for a header
 * that it knows.
 *
 * @param cookies In the order in which they count: a member's come first.
 */
export function createSessionOpener(
  cookies: readonly SessionCookie[],
  markers: Pick<Markers, "isEnded">,
): (header: string, now: number) => OpenedSession | Promise<OpenedSession> {
  const open = async (header: string, now: number): Promise<OpenedSession> => {
    const received = Object.freeze(readCookies(header));
    const jar = { received };
    const present = Object.freeze(cookies.filter((cookie) => cookie.isIn(jar)));
    let refused = false;
    for (const cookie of present) {
      const opened = await cookie.open(jar, now);
      const { session } = opened;
      if (session === undefined) {
        refused = true;
      } else if (session.kind === "visitor" || !markers.isEnded(jar, session)) {
        return Object.freeze({ ...opened, received, present, cookie, refused });
      }
    }
    return {
      session: undefined,
      expiresAt: undefined,
      stale: false,
      received,
      present,
      cookie: undefined,
      refused,
    };
  };
  return rememberOpened(open, {
    sizeOf: (header, { received }) =>
      header.length + COOKIE_SIZE * Object.keys(received).length,
  });
}
