/**
 * The session as pages see it: who made the request, never a token.
 *
 * @module
 */
import type { RequestSession } from "./request_session.ts";
import type { MemberProfile } from "./session.ts";

/** Who made the request, at this moment: a login in the request changes it. */
export type Session = VisitorSession | MemberSession;

/** Times of a session, in Unix seconds; `undefined` before the first call. */
export interface SessionTimes {
  /** When it began, or the member logged in. */
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

/** Whether a response depends on the session, which decides how it is cached. */
export class SessionUse {
  #isNoted = false;
  #isForbidden = false;

  /** The session was read, or called Wix. */
  get isNoted(): boolean {
    return this.#isNoted;
  }

  /**
   * Notes that the session is read, or calls Wix.
   *
   * @throws {Error} after {@link forbid}: a body that is streamed depends on the
   * session, and caches would keep it for others.
   */
  readonly note = (): void => {
    if (this.#isForbidden) {
      throw new Error(
        "Cannot use the session: the response has begun, and says that caches " +
          "may keep it. Read the session before, or leave Cache-Control out.",
      );
    }
    this.#isNoted = true;
  };

  /** The response begins as one that does not depend on the session. */
  forbid(): void {
    this.#isForbidden = true;
  }
}

/** Returns the view of a session, which notes each time that it is read. */
export function createSessionView(
  session: RequestSession,
  use: SessionUse,
): Session {
  const read = () => {
    use.note();
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
