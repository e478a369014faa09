/**
 * The session of one request: which tokens its calls to Wix use, and what its
 * response has to write into the cookie.
 *
 * @module
 */
import { isInvalidGrant, type TokenEndpoint } from "../oauth/token_endpoint.ts";
import { inSpan } from "../observe/span.ts";
import type { UserSession } from "../wix/request_context.ts";
import { isClientError } from "../wix/wix_error.ts";
import {
  type KnownMember,
  newSessionId,
  type Session,
  sessionEndsAt,
  type TokenSet,
  tokenState,
} from "./session.ts";
import { SessionError } from "./session_error.ts";
import type { SessionChange } from "./session_store.ts";

/** Options of {@link RequestSession}. */
export interface RequestSessionOptions {
  readonly tokenEndpoint: Pick<TokenEndpoint, "anonymous" | "refresh">;
  /** Unix seconds. */
  readonly now: () => number;
  /** 0 to 1; see {@link tokenState}. Default `Math.random`. */
  readonly jitter?: () => number;
  /** When the opened session ends if it is not written again, Unix seconds. */
  readonly expiresAt?: number | undefined;
  /** Called when a call to Wix is made with this session. */
  readonly onUse?: (() => void) | undefined;
}

/**
 * The session of one request. Lazy: a visitor's tokens are made when a call
 * to Wix first needs them, so a request without calls to Wix costs none.
 */
export class RequestSession implements UserSession, SessionChange {
  readonly #options: RequestSessionOptions;
  #session: Session | undefined;
  #changed = false;
  #loginChanged = false;
  /** A visitor's first tokens, under way: parallel calls share them. */
  #minting: Promise<string> | undefined;

  /** @param opened What the request's cookie held, if it held a session. */
  constructor(opened: Session | undefined, options: RequestSessionOptions) {
    this.#session = opened;
    this.#options = options;
  }

  /** `undefined` for a visitor who needed no session yet. */
  get current(): Session | undefined {
    return this.#session;
  }

  get changed(): boolean {
    return this.#changed;
  }

  get loginChanged(): boolean {
    return this.#loginChanged;
  }

  /** When the session ends if it is not used from now on, in Unix seconds. */
  get expiresAt(): number | undefined {
    if (this.#session === undefined) return undefined;
    return this.#changed
      ? sessionEndsAt(this.#session, this.#options.now())
      : this.#options.expiresAt;
  }

  get kind(): Session["kind"] {
    return this.#session?.kind ?? "visitor";
  }

  /** The member; `undefined` for a visitor, or when Wix gave no profile. */
  get member(): KnownMember | undefined {
    return this.#session?.kind === "member" ? this.#session.member : undefined;
  }

  /** Makes this and later requests those of the member with `tokens`. */
  logIn(tokens: TokenSet): void {
    const startedAt = this.#options.now();
    this.#replace({ kind: "member", id: newSessionId(), tokens, startedAt });
    this.#loginChanged = true;
  }

  /** Makes this and later requests a visitor's. */
  logOut(): void {
    this.#replace(undefined);
    this.#loginChanged = true;
  }

  /** Keeps who the member is. Does nothing for a visitor. */
  setMember(member: KnownMember | undefined): void {
    if (this.#session?.kind === "member") {
      this.#replace({ ...this.#session, member });
    }
  }

  /**
   * See {@link UserSession.accessToken}. A token near its end is refreshed, and
   * used once more when that fails.
   *
   * @throws {SessionError} `session_ended` when Wix ended a member's session,
   * `refresh_refused` when it refused the refresh for another reason.
   * @throws {WixError} when no token could be had; the session is kept.
   */
  async accessToken(): Promise<string> {
    const { onUse, now, jitter = Math.random } = this.#options;
    onUse?.();
    const session = this.#session;
    if (session === undefined) return await this.#mint();
    const { accessToken } = session.tokens;
    const state = tokenState(session.tokens, now(), jitter());
    if (state === "fresh") return accessToken;
    return await this.#refresh(session).catch((error) => {
      if (state === "expired" || isSessionEnd(error)) throw error;
      return accessToken;
    });
  }

  /** See {@link UserSession.refresh}; throws as {@link accessToken} does. */
  async refresh(rejected: string): Promise<string> {
    const session = this.#session;
    return session?.tokens.accessToken === rejected
      ? await this.#refresh(session)
      : await this.accessToken();
  }

  async #refresh(session: Session): Promise<string> {
    try {
      const tokens = await inSpan(
        "session refresh",
        () => this.#options.tokenEndpoint.refresh(session.tokens),
      );
      // A login or logout while tokens were under way has the last word.
      const current = this.#session;
      if (current?.id === session.id) this.#replace({ ...current, tokens });
      return tokens.accessToken;
    } catch (cause) {
      if (session.kind === "visitor") {
        if (isInvalidGrant(cause)) return await this.#mint(session);
        throw cause;
      }
      if (isInvalidGrant(cause)) {
        if (this.#session?.id === session.id) this.#replace(undefined);
        throw new SessionError("session_ended", { cause });
      }
      throw isClientError(cause)
        ? new SessionError("refresh_refused", { cause })
        : cause;
    }
  }

  /** Begins a visitor's session, in place of one that has ended. */
  #mint(ended?: Session): Promise<string> {
    const mint = async () => {
      const startedAt = this.#options.now();
      const tokens = await inSpan(
        "session begin",
        () => this.#options.tokenEndpoint.anonymous(),
      );
      if (this.#session?.id === ended?.id) {
        const id = newSessionId();
        this.#replace({ kind: "visitor", id, tokens, startedAt });
      }
      return tokens.accessToken;
    };
    return this.#minting ??= mint().finally(() => this.#minting = undefined);
  }

  #replace(session: Session | undefined): void {
    this.#session = session;
    this.#changed = true;
  }
}

function isSessionEnd(error: unknown): boolean {
  return error instanceof SessionError && error.code === "session_ended";
}
