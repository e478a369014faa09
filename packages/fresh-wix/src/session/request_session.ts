/**
 * The session of one request: which tokens its calls to Wix use, and what its
 * answer has to write into the cookie.
 *
 * @module
 */
import { randomToken } from "../oauth/pkce.ts";
import {
  InvalidGrantError,
  type TokenEndpoint,
} from "../oauth/token_endpoint.ts";
import { inSpan } from "../observe/span.ts";
import { isUnreachable, WixError } from "../wix/wix_error.ts";
import { singleFlight } from "./single_flight.ts";
import {
  type MemberProfile,
  type MemberSession,
  type Session,
  sessionEndsAt,
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

/**
 * Wix refused to renew a member's tokens. It may be a lost race with another
 * process, whose answer then brings newer tokens within seconds.
 */
export class SessionInDoubtError extends Error {
  override readonly name = "SessionInDoubtError";

  constructor(options?: ErrorOptions) {
    super(
      "Cannot call Wix now: the member's tokens were refused once",
      options,
    );
  }
}

/**
 * Wix refused to renew a member's tokens for a reason that says nothing about
 * the session, such as `invalid_client`. The session is kept.
 */
export class SessionNotRenewedError extends Error {
  override readonly name = "SessionNotRenewedError";

  constructor(options?: ErrorOptions) {
    super("Cannot call Wix: it did not renew the member's tokens", options);
  }
}

/** Where the calls of one identity get their access token from. */
export interface TokenSource {
  /** Returns a token to send now, when there is one without waiting. */
  readyToken(): string | undefined;
  /** Returns a token to send now, after making or renewing it where needed. */
  accessToken(): Promise<string>;
  /** Returns a token to send instead of `refused`, which Wix answered 401. */
  renew(refused: string): Promise<string>;
}

/** What {@link RequestSession} needs. */
export interface RequestSessionOptions {
  readonly tokenEndpoint: Pick<TokenEndpoint, "anonymous" | "refresh">;
  /** Whether to leave renewals that can wait for later. Default never. */
  readonly isSilent?: TokenEndpoint["isSilent"];
  /** Unix seconds. */
  readonly now: () => number;
  /** 0 to 1; see {@link tokenState}. */
  readonly jitter: () => number;
  /** Called when a call to Wix is made with this session. */
  readonly onUse?: () => void;
  /** Whether Wix refused to renew these tokens before, seconds ago. */
  readonly doubted: boolean;
  /** When the opened session ends if it is not written again, Unix seconds. */
  readonly expiresAt?: number | undefined;
}

/**
 * Refreshes of this process. Requests that come with the same tokens share one
 * call, also those that arrive a little later with the old cookie.
 */
const refreshes = singleFlight<TokenSet>({
  keepMs: 30_000,
  maxKept: 1_000,
  isFinal: (error) => error instanceof InvalidGrantError,
});

/**
 * The session of one request. Lazy: a visitor's tokens are made when a call
 * to Wix first needs them, so a request that calls no Wix costs no call.
 */
export class RequestSession implements TokenSource {
  readonly #options: RequestSessionOptions;
  #session: Session | undefined;
  #changed = false;
  #ended: MemberSession | undefined;
  #inDoubt: MemberSession | undefined;
  #doubted: boolean;
  /** Those under way, by the id of the session that they renew. */
  readonly #renewals = new Map<string | undefined, Promise<string>>();

  /** @param opened What the request's cookie held, if it held a session. */
  constructor(opened: Session | undefined, options: RequestSessionOptions) {
    this.#session = opened;
    this.#options = options;
    this.#doubted = options.doubted;
  }

  /** The session right now; `undefined` for a visitor who needed none yet. */
  get current(): Session | undefined {
    return this.#session;
  }

  /** Whether the answer has to write (or expire) the cookie. */
  get changed(): boolean {
    return this.#changed;
  }

  /** The member's session that this request ended, for good. */
  get ended(): MemberSession | undefined {
    return this.#ended;
  }

  /** The session whose tokens Wix refused to renew, for a reason to be seen. */
  get inDoubt(): MemberSession | undefined {
    return this.#inDoubt;
  }

  /** When the session ends if it is not used from now on, in Unix seconds. */
  get expiresAt(): number | undefined {
    if (this.#session === undefined) return undefined;
    return this.#changed
      ? sessionEndsAt(this.#session, this.#options.now())
      : this.#options.expiresAt;
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
    this.#end();
    this.#replace({
      kind: "member",
      id: randomToken(),
      tokens,
      startedAt: this.#options.now(),
      member: undefined,
    });
  }

  /** Keeps who the member is. Does nothing for a visitor. */
  remember(member: MemberProfile | undefined): void {
    if (this.#session?.kind === "member") {
      this.#replace({ ...this.#session, member });
    }
  }

  /** Makes this and later requests a visitor's. */
  signOut(): void {
    this.#end();
    this.#replace(undefined);
  }

  /**
   * See {@link TokenSource.readyToken}. Nobody waits while the old token lives:
   * it is renewed meanwhile, and {@link settled} when that is done.
   */
  readyToken(): string | undefined {
    this.#options.onUse?.();
    const session = this.#session;
    if (session === undefined) return undefined;
    const { now, jitter, isSilent } = this.#options;
    const { accessToken } = session.tokens;
    switch (tokenState(session.tokens, now(), jitter())) {
      case "fresh":
        return accessToken;
      case "renewable":
        // Whatever goes wrong, it can wait while the token lives.
        if (!isSilent?.()) this.#refreshOnce(session).catch(() => {});
        return accessToken;
      case "expired":
        return undefined;
    }
  }

  /**
   * See {@link TokenSource.accessToken}.
   *
   * @throws {SessionEndedError} when Wix ended a member's session.
   * @throws {SessionInDoubtError} when that is likely, but not certain yet.
   * @throws {SessionNotRenewedError} when Wix refused for another reason.
   * @throws {WixError} when no token could be had; the session is kept.
   */
  async accessToken(): Promise<string> {
    const ready = this.readyToken();
    if (ready !== undefined) return ready;
    const session = this.#session;
    return session === undefined
      ? await this.#once(session, () => this.#begin(session))
      : await this.#renewNow(session);
  }

  /** See {@link TokenSource.renew}; throws as {@link accessToken} does. */
  async renew(refused: string): Promise<string> {
    const session = this.#session;
    if (session === undefined || session.tokens.accessToken !== refused) {
      return await this.accessToken();
    }
    return await this.#renewNow(session);
  }

  /** Whether a renewal is under way; see {@link settled}. */
  get isRenewing(): boolean {
    return this.#renewals.size > 0;
  }

  /**
   * Returns when no renewal is under way any more, however it ended. An answer
   * has to wait for that: where refresh tokens rotate, tokens that no answer
   * writes into the cookie are the end of the session.
   */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#renewals.values());
  }

  async #renewNow(session: Session): Promise<string> {
    try {
      return await this.#refreshOnce(session);
    } catch (error) {
      if (error instanceof SessionEndedError) this.signOut();
      throw error;
    }
  }

  #refreshOnce(session: Session): Promise<string> {
    return this.#once(session, () => this.#refresh(session));
  }

  /** Parallel calls of one request and one session share one renewal. */
  #once(
    session: Session | undefined,
    renew: () => Promise<string>,
  ): Promise<string> {
    const id = session?.id;
    const renewal = this.#renewals.get(id) ??
      renew().finally(() => this.#renewals.delete(id));
    this.#renewals.set(id, renewal);
    return renewal;
  }

  /** Begins a visitor's session in place of `replaced`. */
  async #begin(replaced: Session | undefined): Promise<string> {
    const startedAt = this.#options.now();
    const tokens = await inSpan(
      "session begin",
      () => this.#options.tokenEndpoint.anonymous(),
    );
    if (this.#isStill(replaced)) {
      this.#replace({ kind: "visitor", id: randomToken(), tokens, startedAt });
    }
    return tokens.accessToken;
  }

  async #refresh(session: Session): Promise<string> {
    const { accessToken, refreshToken } = session.tokens;
    try {
      const tokens = await refreshes(
        // Both tokens: a refresh token may outlive many access tokens, and a
        // kept result must not be given in exchange for itself.
        `${refreshToken} ${accessToken}`,
        () =>
          inSpan(
            "session refresh",
            () => this.#options.tokenEndpoint.refresh(refreshToken),
          ),
      );
      if (this.#session?.id === session.id) {
        this.#replace({ ...this.#session, tokens });
      }
      return tokens.accessToken;
    } catch (error) {
      if (!(error instanceof InvalidGrantError)) {
        throw session.kind === "member" && isRefusal(error)
          ? new SessionNotRenewedError({ cause: error })
          : error;
      }
      if (session.kind === "visitor") return await this.#begin(session);
      if (!this.#doubted) {
        if (this.#isStill(session)) this.#inDoubt = session;
        throw new SessionInDoubtError({ cause: error });
      }
      throw new SessionEndedError({ cause: error });
    }
  }

  /** A login or logout while tokens were under way has the last word. */
  #isStill(session: Session | undefined): boolean {
    return this.#session?.id === session?.id;
  }

  /** An answer under way may set a member's session once more. */
  #end(): void {
    if (this.#session?.kind === "member") this.#ended = this.#session;
  }

  #replace(session: Session | undefined): void {
    this.#session = session;
    this.#changed = true;
    this.#inDoubt = undefined;
    this.#doubted = false;
  }
}

/** Whether Wix was asked and said no, for good. */
function isRefusal(error: unknown): boolean {
  return error instanceof WixError && !isUnreachable(error.status);
}
