import { createHash } from "node:crypto";
import type { TokenHolder } from "../identity/identity.ts";
import type { Table } from "../state/state.ts";

const ALL_ACCESS = "access";
const ALL_REFRESH = "refresh";

/**
 * What has been taken back. Tokens carry their content, so this keeps cut-off
 * stamps (all access tokens, all refresh tokens, one member's), ended sessions
 * and single refresh tokens that are spent.
 */
export class Revocations {
  readonly #stamps: Table<number>;

  constructor(stamps: Table<number>) {
    this.#stamps = stamps;
  }

  /** The latest cut-off: later tokens need a later stamp to count. */
  get lastStamp(): number {
    return Math.max(-Infinity, ...this.#stamps.values());
  }

  /** Ends every access token issued up to `stamp`. */
  endAccessTokens(stamp: number): void {
    this.#stamps.set(ALL_ACCESS, stamp);
  }

  /** Ends refresh tokens issued up to `stamp`: all, or those of one member. */
  endRefreshTokens(stamp: number, memberId?: string): void {
    const id = memberId === undefined ? ALL_REFRESH : ofMember(memberId);
    this.#stamps.set(id, stamp);
  }

  /** Ends all tokens of one session, as logging out does. */
  endSession(sessionId: string): void {
    this.#stamps.set(ofSession(sessionId), 0);
  }

  /** Ends one refresh token. */
  spendRefresh(token: string): void {
    this.#stamps.set(ofToken(token), 0);
  }

  /** Whether this one refresh token has been ended. */
  spentRefresh(token: string): boolean {
    return this.#stamps.has(ofToken(token));
  }

  /** Whether an access token issued at `stamp` has been taken back. */
  endedAccess(holder: TokenHolder, stamp: number): boolean {
    return this.#isUpTo(ALL_ACCESS, stamp) || this.#ended(holder);
  }

  /** Whether a refresh token issued at `stamp` has been taken back. */
  endedRefresh(holder: TokenHolder, stamp: number): boolean {
    if (this.#isUpTo(ALL_REFRESH, stamp) || this.#ended(holder)) return true;
    return holder.kind === "member" &&
      this.#isUpTo(ofMember(holder.memberId), stamp);
  }

  /** Forgets everything. */
  clear(): void {
    this.#stamps.clear();
  }

  #isUpTo(id: string, stamp: number): boolean {
    return stamp <= (this.#stamps.get(id) ?? -Infinity);
  }

  #ended({ sessionId }: TokenHolder): boolean {
    return this.#stamps.size > 0 && this.#stamps.has(ofSession(sessionId));
  }
}

function ofMember(memberId: string): string {
  return `member ${memberId}`;
}

function ofSession(sessionId: string): string {
  return `session ${sessionId}`;
}

/** No token's text is kept, not even one that is spent. */
function ofToken(token: string): string {
  return `token ${createHash("sha256").update(token).digest("base64url")}`;
}
