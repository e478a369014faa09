import { BoundedMap } from "../bounded_map.ts";
import type { TokenHolder } from "./identity.ts";

const LIMIT = 500;

/** Someone's tokens, from the first grant on. */
export interface Session {
  readonly holder: TokenHolder;
  /** When local Wix first heard of it, in milliseconds. */
  readonly since: number;
  /** When a token was issued or used last, in milliseconds. */
  readonly lastSeen: number;
  readonly accessTokens: number;
  readonly refreshTokens: number;
  /** Stamp of the latest refresh token. */
  readonly refreshStamp: number | undefined;
}

/** The sessions seen last, for people to look at: nothing depends on them. */
export class Sessions {
  readonly #sessions = new BoundedMap<string, Session>(LIMIT);

  /** Notes that the holder's access token was used. */
  saw(holder: TokenHolder, now: number): void {
    const known = this.#sessions.get(holder.sessionId);
    if (known?.lastSeen !== now) this.#put(holder, now, {});
  }

  /** Notes a new access token. */
  issuedAccess(holder: TokenHolder, now: number): void {
    const { accessTokens = 0 } = this.#sessions.get(holder.sessionId) ?? {};
    this.#put(holder, now, { accessTokens: accessTokens + 1 });
  }

  /** Notes a new refresh token. */
  issuedRefresh(
    holder: TokenHolder,
    now: number,
    refreshStamp: number,
  ): void {
    const { refreshTokens = 0 } = this.#sessions.get(holder.sessionId) ?? {};
    this.#put(holder, now, { refreshTokens: refreshTokens + 1, refreshStamp });
  }

  /** The sessions, those seen last first. */
  get latestFirst(): readonly Session[] {
    return [...this.#sessions.values()].reverse();
  }

  /** Forgets every session. */
  reset(): void {
    this.#sessions.clear();
  }

  #put(
    holder: TokenHolder,
    lastSeen: number,
    changes: Partial<Session>,
  ): void {
    const { sessionId } = holder;
    const known = this.#sessions.get(sessionId);
    // Last in the map is last to be forgotten.
    this.#sessions.delete(sessionId);
    this.#sessions.set(sessionId, {
      since: lastSeen,
      accessTokens: 0,
      refreshTokens: 0,
      refreshStamp: undefined,
      ...known,
      holder,
      lastSeen,
      ...changes,
    });
  }
}
