import type { Backend } from "./backend.ts";
import type { CounterSnapshot } from "./counters.ts";
import type { Fault } from "./faults/fault.ts";
import type { WaitingFault } from "./faults/faults.ts";
import type { Rotation, SettingValues } from "./settings.ts";

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
    return this.#backend.settings.accessTokenSeconds;
  }

  set accessTokenSeconds(accessTokenSeconds: number) {
    this.change({ accessTokenSeconds });
  }

  /** What happens to refresh tokens that are used from now on. */
  get rotation(): Rotation {
    return this.#backend.settings.rotation;
  }

  set rotation(rotation: Rotation) {
    this.change({ rotation });
  }

  /**
   * How far Wix's clock is ahead of the right time (behind, when negative).
   * Tokens are issued and judged by that clock.
   */
  get clockOffsetSeconds(): number {
    return this.#backend.settings.clockOffsetSeconds;
  }

  set clockOffsetSeconds(clockOffsetSeconds: number) {
    this.change({ clockOffsetSeconds });
  }

  /** How long every API answer takes at least, in milliseconds. */
  get latencyMilliseconds(): number {
    return this.#backend.settings.latencyMilliseconds;
  }

  set latencyMilliseconds(latencyMilliseconds: number) {
    this.change({ latencyMilliseconds });
  }

  /** The failures that wait for requests. */
  get faults(): readonly WaitingFault[] {
    return this.#backend.faults.list;
  }

  /** Wix's clock, in milliseconds since the epoch. */
  get now(): number {
    return this.#backend.now();
  }

  /** Sets Wix's clock, or up to a second later; throws a `RangeError` if it cannot. */
  set now(milliseconds: number) {
    const seconds = Math.ceil((milliseconds - this.now) / 1000);
    this.clockOffsetSeconds += seconds;
  }

  /** Requests that one caller may send in a minute; 0 means no limit. */
  get rateLimitPerMinute(): number {
    return this.#backend.settings.rateLimitPerMinute;
  }

  set rateLimitPerMinute(rateLimitPerMinute: number) {
    this.#backend.settings.change({ rateLimitPerMinute });
  }

  /** Origins, besides those of this machine, that pages may send people to. */
  get allowedOrigins(): readonly string[] {
    return this.#backend.settings.allowedOrigins;
  }

  set allowedOrigins(allowedOrigins: readonly string[]) {
    this.#backend.settings.change({ allowedOrigins });
  }

  /** The only redirect URIs of logins; none means every allowed URL. */
  get allowedRedirectUris(): readonly string[] {
    return this.#backend.settings.allowedRedirectUris;
  }

  set allowedRedirectUris(allowedRedirectUris: readonly string[]) {
    this.#backend.settings.change({ allowedRedirectUris });
  }

  /** APIs answer 401 to every access token issued so far. */
  expireAccessTokens(): void {
    this.#backend.tokens.endAccessTokens();
    this.#backend.state.commit();
  }

  /**
   * Refresh tokens issued so far are refused: all, or one member's. Throws a
   * `RangeError` when there is no such member.
   */
  revokeRefreshTokens(memberId?: string): void {
    if (memberId !== undefined && !this.#backend.store.member(memberId)) {
      throw new RangeError(
        `Cannot revoke refresh tokens: no member has the id ${memberId}`,
      );
    }
    this.#backend.tokens.endRefreshTokens(memberId);
    this.#backend.state.commit();
  }

  /**
   * Lets the next requests to `target` fail: a grant such as `refresh_token`,
   * or a route such as `GET /ecom/v1/orders/{id}`.
   */
  failNext(target: string, fault: Fault = {}): void {
    this.#backend.faults.add(target, fault);
    if (fault.kind === "reset") this.#backend.dropIdleConnections();
  }

  /** Forgets the faults that still wait: all, or those of one target. */
  clearFaults(target?: string): void {
    this.#backend.faults.clear(target);
  }

  /** Back to seed and first settings; no counts, faults, revocations. */
  reset(): void {
    this.#backend.reset();
    this.#backend.state.commit();
  }

  /** Takes over several settings at once; throws and changes nothing. */
  change(settings: Partial<SettingValues>): void {
    this.#backend.settings.change(settings);
    this.#backend.state.commit();
  }
}
