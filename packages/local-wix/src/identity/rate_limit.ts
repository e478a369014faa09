import { resourceExhausted } from "../http/errors.ts";
import type { Identity } from "./identity.ts";

const MINUTE = 60_000;

/**
 * Counts the requests of each caller in each minute.
 *
 * UNDOCUMENTED: which callers share a limit (Wix says "per app instance", here
 * each visitor, member, app and key has its own count) and when a minute begins
 * (here when the clock says so).
 */
export class RateLimit {
  #minute = 0;
  readonly #counts = new Map<string, number>();

  /** Counts a request at `now`; throws above `limit`; 0 means no limit. */
  count(identity: Identity, now: number, limit: number): void {
    if (limit === 0) return;
    const minute = Math.floor(now / MINUTE);
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
  if (identity.kind === "member") return `member ${identity.memberId}`;
  if (identity.kind === "visitor") return `visitor ${identity.visitorId}`;
  return identity.kind;
}
