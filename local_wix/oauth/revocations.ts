import type { TokenHolder } from "../identity/identity.ts";

/**
 * What has been taken back since local Wix started. Tokens are stateless, so
 * this keeps cut-off stamps, ended sessions and single tokens that are spent.
 */
export class Revocations {
  #accessUpTo = -Infinity;
  #refreshUpTo = -Infinity;
  readonly #memberRefreshUpTo = new Map<string, number>();
  readonly #endedSessions = new Set<string>();
  readonly #spentRefreshTokens = new Set<string>();

  /** Ends every access token issued up to `stamp`. */
  endAccessTokens(stamp: number): void {
    this.#accessUpTo = stamp;
  }

  /** Ends refresh tokens issued up to `stamp`: all, or those of one member. */
  endRefreshTokens(stamp: number, memberId?: string): void {
    if (memberId === undefined) this.#refreshUpTo = stamp;
    else this.#memberRefreshUpTo.set(memberId, stamp);
  }

  /** Ends all tokens of one session, as logging out does. */
  endSession(sessionId: string): void {
    this.#endedSessions.add(sessionId);
  }

  /** Ends one refresh token. */
  spendRefresh(token: string): void {
    this.#spentRefreshTokens.add(token);
  }

  /** Whether this one refresh token has been ended. */
  spentRefresh(token: string): boolean {
    return this.#spentRefreshTokens.has(token);
  }

  /** Whether an access token issued at `stamp` has been taken back. */
  endedAccess(holder: TokenHolder, stamp: number): boolean {
    return stamp <= this.#accessUpTo || this.#ended(holder);
  }

  /** Whether a refresh token issued at `stamp` has been taken back. */
  endedRefresh(holder: TokenHolder, stamp: number): boolean {
    if (stamp <= this.#refreshUpTo || this.#ended(holder)) return true;
    if (holder.kind !== "member") return false;
    const upTo = this.#memberRefreshUpTo.get(holder.memberId) ?? -Infinity;
    return stamp <= upTo;
  }

  #ended(holder: TokenHolder): boolean {
    return this.#endedSessions.has(holder.sessionId);
  }
}
