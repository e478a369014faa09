// The state of one request, never shared with another: its user, the headers
// that Wix returned, and the time left for calls.

import { AsyncLocalStorage } from "node:async_hooks";
import { OUT_OF_TIME, WixError } from "./wix_error.ts";

/** The source of one caller's access tokens. */
export interface TokenSource {
  /** Returns a valid token, created or refreshed if needed. */
  accessToken(): Promise<string>;
  /** Returns a token to send instead of one that Wix rejected (401). */
  refresh(rejected: string): Promise<string>;
}

/** The session of a user, as far as calls to Wix need it. */
export interface UserSession extends TokenSource {
  readonly kind: "visitor" | "member";
  /** `undefined` before a visitor's first call. */
  readonly current:
    | { readonly id: string; readonly tokens: { readonly accessToken: string } }
    | undefined;
}

/** One finished call to Wix. */
export interface WixCall {
  readonly method: string;
  readonly pathname: string;
  readonly status: number;
  readonly milliseconds: number;
}

/** Total time for all calls of one request: users don't wait longer. */
const BUDGET_MS = 7_000;

/** The context of one request. */
export class RequestContext {
  /** The user whose calls these are; `undefined` until {@link bindSession}. */
  session: UserSession | undefined;
  /** Wix's `X-Wix-Consistent` of the last write, to send with later reads. */
  consistent: string | undefined;
  /** The calls made so far, for the log and `Server-Timing`. */
  readonly calls: WixCall[];
  #left = BUDGET_MS;
  #underWay = 0;
  #since = 0;

  constructor(session: UserSession | undefined, calls: WixCall[] = []) {
    this.session = session;
    this.calls = calls;
  }

  /**
   * The milliseconds that the request may still wait for Wix. Waiting counts,
   * once for parallel calls, and no other work of a handler.
   */
  get timeLeft(): number {
    const waiting = this.#underWay > 0 ? performance.now() - this.#since : 0;
    return this.#left - waiting;
  }

  /**
   * Returns what `call` returns, and counts its time.
   * @throws {WixError} 504 when no time is left.
   */
  async wait<T>(call: () => Promise<T>): Promise<T> {
    if (this.timeLeft <= 0) throw new WixError(OUT_OF_TIME);
    if (this.#underWay++ === 0) this.#since = performance.now();
    try {
      return await call();
    } finally {
      if (--this.#underWay === 0) this.#left -= performance.now() - this.#since;
    }
  }
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Returns the context of the current request, `undefined` outside of one. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/**
 * Runs `callback` without a user, in a new context: in Deno
 * 2.9 a request may begin in the async context of an earlier one.
 */
export function runUnauthenticated<T>(callback: () => T): T {
  return storage.run(new RequestContext(undefined), callback);
}

/** Runs `callback` as the user of `session`, in a new context. */
export function runWithSession<T>(session: UserSession, callback: () => T): T {
  return storage.run(new RequestContext(session), callback);
}

/**
 * Runs `callback` for a result that other requests share: without a user, and
 * with its own timeout, as the first request may have little time left. Hosts
 * that end a request's work with its response wait for the result.
 */
export function runShared<T>(
  callback: () => Promise<T>,
  session?: UserSession,
): Promise<T> {
  const context = new RequestContext(session, currentContext()?.calls);
  const result = storage.run(context, callback);
  Reflect.get(globalThis, "freshWixWaitUntil")?.(result);
  return result;
}

/**
 * Runs all further calls of this request as the user of `session`.
 * @throws {Error} when the request did not begin with
 * {@link runUnauthenticated}, or has a user already: it could be another one's.
 */
export function bindSession(session: UserSession): RequestContext {
  const context = currentContext();
  if (context === undefined || context.session !== undefined) {
    throw new Error(
      "Cannot bind a session: the request has no context of its own",
    );
  }
  context.session = session;
  return context;
}

/** Returns what `call` returns; see {@link RequestContext.wait}. */
export function waitInContext<T>(call: () => Promise<T>): Promise<T> {
  return currentContext()?.wait(call) ?? call();
}

/**
 * Returns the session of the current user.
 * @throws {Error} outside a request, where there is none.
 */
export function requireSession(): UserSession {
  const session = currentContext()?.session;
  if (session !== undefined) return session;
  throw new Error(
    "Cannot call Wix outside a request: there is no current user. Call it in a route handler, a page, a middleware or a " +
      "function they call. For work that belongs to the app itself, such as " +
      "a cron job, use auth.elevate() from @wix/essentials.",
  );
}
