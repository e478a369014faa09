// The session of one request: the tokens that its calls to Wix use, and the
// changes that its response writes to the cookie.

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
  readonly tokenEndpoint: Pick<
    TokenEndpoint,
    "anonymous" | "refresh" | "isFailing"
  >;
  /** Unix seconds. */
  readonly now: () => number;
  /** 0 to 1; see {@link tokenState}. Default `Math.random`. */
  readonly jitter?: () => number;
  /** When the opened session ends if it is not written again, Unix seconds. */
  readonly expiresAt?: number | undefined;
}

/** Lazy: a visitor's tokens are made when a call to Wix first needs them. */
export class RequestSession implements UserSession, SessionChange {
  readonly #options: RequestSessionOptions;
  changed = false;
  loginChanged = false;
  /** Whether the response depends on the session, which decides its caching. */
  isUsed = false;
  #session: Session | undefined;
  #isUseForbidden = false;
  /** A visitor's first tokens, under way: parallel calls share them. */
  #minting: Promise<string> | undefined;

  /** @param opened The session in the request's cookie, if any. */
  constructor(opened: Session | undefined, options: RequestSessionOptions) {
    this.#session = opened;
    this.#options = options;
  }

  /** `undefined` for a visitor who needed no session yet. */
  get current(): Session | undefined {
    return this.#session;
  }

  /** When the session ends if it is not used from now on, in Unix seconds. */
  get expiresAt(): number | undefined {
    if (this.#session === undefined) return undefined;
    return this.changed
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

  /**
   * Notes that a page reads the session, or that it calls Wix.
   * @throws {Error} after {@link forbidUse}: caches would keep what follows.
   */
  noteUse(): void {
    if (this.#isUseForbidden) {
      throw new Error(
        "Cannot use the session: the response has started and is cacheable. " +
          "Read the session earlier, or omit Cache-Control.",
      );
    }
    this.isUsed = true;
  }

  /** The response has started, and does not depend on the session. */
  forbidUse(): void {
    this.#isUseForbidden = true;
  }

  /** Runs this and later requests as the member with `tokens`. */
  logIn(tokens: TokenSet): void {
    const startedAt = this.#options.now();
    this.#replace({ kind: "member", id: newSessionId(), tokens, startedAt });
    this.loginChanged = true;
  }

  /** Runs this and later requests as a visitor. */
  logOut(): void {
    this.#replace(undefined);
    this.loginChanged = true;
  }

  /** Stores the member's profile, unless the cookie already has it. */
  setMember(member: KnownMember | undefined): void {
    const session = this.#session;
    if (session?.kind !== "member") return;
    const { name, photo } = session.member ?? {};
    if (name === member?.name && photo === member?.photo) return;
    this.#replace({ ...session, member });
  }

  /**
   * A token near its end is refreshed, and used once more when that fails.
   * @throws {SessionError} `session_ended` when Wix ended a member's session,
   * `refresh_refused` when it refused the refresh for another reason.
   * @throws {WixError} when no token could be had; the session is kept.
   */
  async accessToken(): Promise<string> {
    this.noteUse();
    const { now, jitter = Math.random, tokenEndpoint } = this.#options;
    const session = this.#session;
    if (session === undefined) return await this.#mint();
    const { accessToken } = session.tokens;
    const state = tokenState(session.tokens, now(), jitter());
    const isEarly = state === "due";
    if (state === "fresh" || isEarly && tokenEndpoint.isFailing()) {
      return accessToken;
    }
    return await this.#refresh(session).catch((error) => {
      if (!isEarly || isSessionEnd(error)) throw error;
      return accessToken;
    });
  }

  /** Throws as {@link accessToken} does. */
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
    this.changed = true;
  }
}

function isSessionEnd(error: unknown): boolean {
  return error instanceof SessionError && error.code === "session_ended";
}
