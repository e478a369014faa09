import { createHash } from "node:crypto";
import type { TokenHolder } from "../identity/identity.ts";
import type { Table } from "../state/tables.ts";

const ALL_ACCESS = "access";
const ALL_REFRESH = "refresh";

/**
 * The revoked tokens. Tokens carry their content, so this keeps cut-off stamps
 * (all access tokens, all refresh tokens, one member's), ended sessions and
 * single refresh tokens that are spent.
 */
export class Revocations {
  readonly #stamps: Table<number>;

  constructor(stamps: Table<number>) {
    this.#stamps = stamps;
  }

  /** The latest cut-off: later tokens need a later stamp to be valid. */
  get lastStamp(): number {
    return Math.max(-Infinity, ...this.#stamps.values());
  }

  /** Ends every access token issued up to `stamp`. */
  endAccessTokens(stamp: number): void {
    this.#stamps.set(ALL_ACCESS, stamp);
  }

  /** Ends refresh tokens issued up to `stamp`: all, or those of one member. */
  endRefreshTokens(stamp: number, memberId?: string): void {
    this.#stamps.set(memberId ? `member ${memberId}` : ALL_REFRESH, stamp);
  }

  /** Ends all tokens of one session, as logging out does. */
  endSession(sessionId: string): void {
    this.#stamps.set(`session ${sessionId}`, 0);
  }

  /** Ends one refresh token. */
  spendRefresh(token: string): void {
    this.#stamps.set(digestOf(token), 0);
  }

  /** Whether this one refresh token has been spent. */
  isSpent(token: string): boolean {
    return this.#stamps.has(digestOf(token));
  }

  /** Whether an access token issued at `stamp` has been revoked. */
  endedAccess({ sessionId }: TokenHolder, stamp: number): boolean {
    return this.#isUpTo(ALL_ACCESS, stamp) || this.#hasEnded(sessionId);
  }

  /** Whether a refresh token issued at `stamp` has been revoked. */
  endedRefresh(holder: TokenHolder, stamp: number): boolean {
    return this.#isUpTo(ALL_REFRESH, stamp) ||
      this.#hasEnded(holder.sessionId) ||
      (holder.kind === "member" &&
        this.#isUpTo(`member ${holder.memberId}`, stamp));
  }

  #isUpTo(id: string, stamp: number): boolean {
    return stamp <= (this.#stamps.get(id) ?? -Infinity);
  }

  #hasEnded(sessionId: string): boolean {
    return this.#stamps.has(`session ${sessionId}`);
  }
}

/** No token's text is kept, not even one that is spent. */
function digestOf(token: string): string {
  return `token ${createHash("sha256").update(token).digest("base64url")}`;
}
