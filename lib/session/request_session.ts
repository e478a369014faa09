/**
 * The session of one request: which tokens its calls to Wix use, and what its
 * answer has to write into the cookie.
 *
 * @module
 */
import {
  InvalidGrantError,
  type TokenEndpoint,
} from "@/lib/oauth/token_endpoint.ts";
import { singleFlight } from "./single_flight.ts";
import {
  type MemberProfile,
  type Session,
  type TokenSet,
  tokenState,
} from "./session.ts";

/** Wix ended the member's session: logged out elsewhere, or revoked. */
export class SessionEndedError extends Error {
  override readonly name = "SessionEndedError";

  constructor(options?: ErrorOptions) {
    super("Cannot call Wix: the member's session has ended", options);
  }
}

/** Where the calls of one identity get their access token from. */
export interface TokenSource {
  /** Returns a token to send now. */
  accessToken(): Promise<string>;
  /** Returns a token to send instead of `refused`, which Wix answered 401. */
  renew(refused: string): Promise<string>;
}

/** What {@link RequestSession} needs. */
export interface RequestSessionOptions {
  readonly tokenEndpoint: Pick<TokenEndpoint, "anonymous" | "refresh">;
  /** Unix seconds. */
  readonly now: () => number;
  /** 0 to 1; see {@link tokenState}. */
  readonly jitter: () => number;
}

/**
 * Refreshes of this process. Requests that come with the same tokens share one
 * call, also those that arrive a little later with the old cookie.
 */
const refreshes = singleFlight<TokenSet>({ keepMs: 30_000, maxKept: 1_000 });

/**
 * The session of one request. Lazy: a visitor's tokens are made when a call
 * to Wix first needs them, so a request that calls no Wix costs no call.
 */
export class RequestSession implements TokenSource {
  readonly #options: RequestSessionOptions;
  #session: Session | undefined;
  #changed = false;
  #renewal: Promise<string> | undefined;

  /** @param opened What the request's cookie held, if it held a session. */
  constructor(opened: Session | undefined, options: RequestSessionOptions) {
    this.#session = opened;
    this.#options = options;
  }

  /** The session right now; `undefined` for a visitor who needed none yet. */
  get current(): Session | undefined {
    return this.#session;
  }

  /** Whether the answer has to write (or expire) the cookie. */
  get changed(): boolean {
    return this.#changed;
  }

  /** `member` only for someone whom Wix logged in. */
  get kind(): Session["kind"] {
    return this.#session?.kind ?? "visitor";
  }

  /** The member as of the login, when there is one and Wix told about them. */
  get member(): MemberProfile | undefined {
    return this.#session?.kind === "member" ? this.#session.member : undefined;
  }

  /** Makes this and later requests the member's. Nothing of before is kept. */
  signIn(tokens: TokenSet): void {
    const startedAt = this.#options.now();
    this.#replace({ kind: "member", tokens, startedAt, member: undefined });
  }

  /** Keeps who the member is. Does nothing for a visitor. */
  remember(member: MemberProfile | undefined): void {
    if (this.#session?.kind === "member") {
      this.#replace({ ...this.#session, member });
    }
  }

  /** Makes this and later requests a visitor's. */
  signOut(): void {
    this.#replace(undefined);
  }

  /**
   * Returns the access token for a call to Wix, after making or renewing it
   * where needed.
   *
   * @throws {SessionEndedError} when Wix ended a member's session.
   * @throws {WixError} when no token could be had; the session is kept.
   */
  async accessToken(): Promise<string> {
    const session = this.#session;
    if (session === undefined) return await this.#once(() => this.#begin());
    const { now, jitter } = this.#options;
    const state = tokenState(session.tokens, now(), jitter());
    if (state === "fresh") return session.tokens.accessToken;
    try {
      return await this.#once(() => this.#refresh(session));
    } catch (error) {
      if (state === "renewable" && !(error instanceof SessionEndedError)) {
        return session.tokens.accessToken;
      }
      throw error;
    }
  }

  /** See {@link TokenSource.renew}; throws as {@link accessToken} does. */
  async renew(refused: string): Promise<string> {
    const session = this.#session;
    if (session === undefined || session.tokens.accessToken !== refused) {
      return await this.accessToken();
    }
    return await this.#once(() => this.#refresh(session));
  }

  /** Parallel calls of one request share one renewal. */
  #once(renewal: () => Promise<string>): Promise<string> {
    return this.#renewal ??= renewal().finally(() => {
      this.#renewal = undefined;
    });
  }

  async #begin(): Promise<string> {
    const startedAt = this.#options.now();
    const tokens = await this.#options.tokenEndpoint.anonymous();
    this.#replace({ kind: "visitor", tokens, startedAt });
    return tokens.accessToken;
  }

  async #refresh(session: Session): Promise<string> {
    const { accessToken, refreshToken } = session.tokens;
    try {
      const tokens = await refreshes(
        // Both tokens: a refresh token may outlive many access tokens, and a
        // kept result must not be given in exchange for itself.
        `${refreshToken} ${accessToken}`,
        () => this.#options.tokenEndpoint.refresh(refreshToken),
      );
      // A login or logout while the refresh was under way has the last word.
      if (this.#session === session) this.#replace({ ...session, tokens });
      return tokens.accessToken;
    } catch (error) {
      if (!(error instanceof InvalidGrantError)) throw error;
      if (this.#session === session) this.#replace(undefined);
      if (session.kind === "visitor") return await this.#begin();
      throw new SessionEndedError({ cause: error });
    }
  }

  #replace(session: Session | undefined): void {
    this.#session = session;
    this.#changed = true;
  }
}
