import { LRUCache } from "lru-cache";
import type { TokenHolder } from "./identity.ts";

/** The tokens of one login or visit, from the first grant on. */
export interface Session {
  readonly holder: TokenHolder;
  /** When local Wix first saw it, in milliseconds. */
  readonly since: number;
  /** When a token was issued or used last, in milliseconds. */
  readonly lastSeen: number;
  readonly accessTokens: number;
  readonly refreshTokens: number;
  /** Stamp of the latest refresh token. */
  readonly refreshStamp: number | undefined;
}

/** The latest sessions, for the console: nothing depends on them. */
export class Sessions {
  readonly #sessions = new LRUCache<string, Session>({ max: 500 });

  /** Records that the holder's access token was used. */
  used(holder: TokenHolder, now: number): void {
    this.#update(holder, now, {});
  }

  /** Records a new access token. */
  issuedAccess(holder: TokenHolder, now: number): void {
    const { accessTokens = 0 } = this.#sessions.get(holder.sessionId) ?? {};
    this.#update(holder, now, { accessTokens: accessTokens + 1 });
  }

  /** Records a new refresh token. */
  issuedRefresh(holder: TokenHolder, now: number, refreshStamp: number): void {
    const { refreshTokens = 0 } = this.#sessions.get(holder.sessionId) ?? {};
    const counted = { refreshTokens: refreshTokens + 1, refreshStamp };
    this.#update(holder, now, counted);
  }

  /** The sessions, the latest first. */
  get latestFirst(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  /** Forgets every session. */
  reset(): void {
    this.#sessions.clear();
  }

  #update(
    holder: TokenHolder,
    lastSeen: number,
    changes: Partial<Session>,
  ): void {
    this.#sessions.set(holder.sessionId, {
      since: lastSeen,
      accessTokens: 0,
      refreshTokens: 0,
      refreshStamp: undefined,
      ...this.#sessions.get(holder.sessionId),
      holder,
      lastSeen,
      ...changes,
    });
  }
}
