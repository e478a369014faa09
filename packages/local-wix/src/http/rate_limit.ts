import type { Identity } from "../identity/identity.ts";
import { resourceExhausted } from "./errors.ts";

const MINUTE = 60_000;

/** What a {@linkcode RateLimit} goes by. */
export interface RateLimitOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Requests per minute that one caller may send; 0 means no limit. */
  readonly perMinute: () => number;
}

/**
 * Counts the requests of each caller in each minute.
 *
 * UNDOCUMENTED: whom a limit counts together (Wix says "per app instance", here
 * each visitor, member, app and key has its own count) and when a minute begins
 * (here when the clock says so).
 */
export class RateLimit {
  readonly #options: RateLimitOptions;
  #minute = 0;
  readonly #counts = new Map<string, number>();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /** Notes a request of `identity`; throws when it is one too many. */
  count(identity: Identity): void {
    const limit = this.#options.perMinute();
    if (limit === 0) return;
    const minute = Math.floor(this.#options.now() / MINUTE);
    if (minute !== this.#minute) this.#counts.clear();
    this.#minute = minute;
    const caller = callerOf(identity);
    const count = (this.#counts.get(caller) ?? 0) + 1;
    this.#counts.set(caller, count);
    if (count > limit) throw resourceExhausted();
  }

  /** Back to zero. */
  reset(): void {
    this.#counts.clear();
  }
}

function callerOf(identity: Identity): string {
  switch (identity.kind) {
    case "visitor":
      return `visitor ${identity.visitorId}`;
    case "member":
      return `member ${identity.memberId}`;
    default:
      return identity.kind;
  }
}
