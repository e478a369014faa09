/**
 * The session as pages see it: who made the request, never a token.
 *
 * @module
 */
import type { RequestSession } from "./request_session.ts";

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

/** What pages show of a member without a call to Wix. */
export interface MemberProfile {
  /** Wix member id, a GUID; missing when Wix gave no profile at the login. */
  readonly id: string | undefined;
  /** Nickname, or `Member`. */
  readonly name: string;
}

const UNKNOWN_MEMBER: MemberProfile = { id: undefined, name: "Member" };

/**
 * Returns the view of a session.
 *
 * @param onRead Called when a page reads from it: the response depends on it.
 */
export function createSessionView(
  session: RequestSession,
  onRead: () => void,
): Session {
  const view = new SessionView(session, onRead);
  return view as Session;
}

class SessionView implements SessionTimes {
  readonly #session: RequestSession;
  readonly #onRead: () => void;

  constructor(session: RequestSession, onRead: () => void) {
    this.#session = session;
    this.#onRead = onRead;
  }

  get kind(): Session["kind"] {
    return this.#read().kind;
  }

  get member(): MemberProfile | undefined {
    const { kind, member } = this.#read();
    return kind === "member" ? member ?? UNKNOWN_MEMBER : undefined;
  }

  get startedAt(): number | undefined {
    return this.#read().current?.startedAt;
  }

  get expiresAt(): number | undefined {
    return this.#read().expiresAt;
  }

  #read(): RequestSession {
    this.#onRead();
    return this.#session;
  }
}
