import type { Backend } from "./backend.ts";
import type { CounterSnapshot } from "./counters.ts";
import type { Fault } from "./faults.ts";

/** The switches that tests work, in-process or under `/_local`. */
export class Controls {
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** How often each grant and route has been asked for. */
  get counters(): CounterSnapshot {
    return this.#backend.counters.snapshot();
  }

  /** Lifetime of the access tokens issued from now on, in seconds. */
  get accessTokenSeconds(): number {
    return this.#backend.accessTokenSeconds;
  }

  set accessTokenSeconds(seconds: number) {
    if (!Number.isInteger(seconds) || seconds < 0) {
      throw new RangeError("Cannot set lifetime: not a number of seconds");
    }
    this.#backend.accessTokenSeconds = seconds;
  }

  /** APIs answer 401 to every access token issued so far. */
  expireAccessTokens(): void {
    this.#backend.tokens.endAccessTokens();
  }

  /** Refresh tokens issued so far are refused: all, or one member's. */
  revokeRefreshTokens(memberId?: string): void {
    this.#backend.tokens.endRefreshTokens(memberId);
  }

  /**
   * Lets the next requests to `target` fail: a grant such as `refresh_token`,
   * or a route such as `GET /ecom/v1/orders/{id}`.
   */
  failNext(target: string, fault: Fault = {}): void {
    this.#backend.faults.add(target, fault);
  }

  /** Back to the seeded data, without counts, faults and revocations. */
  reset(): void {
    this.#backend.reset();
  }
}
