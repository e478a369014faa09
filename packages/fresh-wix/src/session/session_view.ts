// The session as pages see it: the user, but no tokens.

import type { RequestSession } from "./request_session.ts";
import type { MemberProfile } from "./session.ts";

/** The current user's session; a login during the request changes it. */
export type Session = VisitorSession | MemberSession;

/** Times of a session, in Unix seconds; `undefined` before the first call. */
export interface SessionTimes {
  /** When it started, or the member logged in. */
  readonly startedAt: number | undefined;
  /** When it ends, if it is not used until then. */
  readonly expiresAt: number | undefined;
}

/** The session of a visitor: an identity with a cart, but no name. */
export interface VisitorSession extends SessionTimes {
  readonly kind: "visitor";
  readonly member?: undefined;
}

/** The session of a member, who has logged in at Wix. */
export interface MemberSession extends SessionTimes {
  readonly kind: "member";
  readonly member: MemberProfile;
}

const UNKNOWN_MEMBER: MemberProfile = { id: undefined, name: "Member" };

/** Returns the view of a session, which notes each time that it is read. */
export function createSessionView(session: RequestSession): Session {
  const read = () => {
    session.noteUse();
    return session;
  };
  return {
    get kind() {
      return read().kind;
    },
    get member() {
      const { kind, member } = read();
      return kind === "member" ? member ?? UNKNOWN_MEMBER : undefined;
    },
    get startedAt() {
      return read().current?.startedAt;
    },
    get expiresAt() {
      return read().expiresAt;
    },
  } as Session;
}
