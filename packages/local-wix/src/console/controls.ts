import type { Backend } from "../backend.ts";
import type { CounterSnapshot } from "./activity.ts";
import type { Fault, PendingFault } from "../faults/faults.ts";
import { sendEvent } from "../webhooks/send_event.ts";
import { SETTING_NAMES, type SettingValues } from "../settings.ts";

/**
 * The controls of tests, in-process or under `/_local`. Each setting is a
 * property; setting it throws a `RangeError` when it is out of range.
 */
export interface Controls extends Mutable<SettingValues> {
  /** How often each grant and route has been requested. */
  readonly counters: CounterSnapshot;
  /** The faults that wait for requests. */
  readonly faults: readonly PendingFault[];
  /** Wix's clock, in milliseconds since the epoch; set to a second's accuracy. */
  now: number;
  /** APIs refuse every access token issued so far with 401. */
  expireAccessTokens(): void;
  /**
   * Refresh tokens issued so far are refused: all, or one member's. Throws a
   * `RangeError` for an unknown member.
   */
  revokeRefreshTokens(memberId?: string): void;
  /**
   * Makes the next requests to `target` fail: a grant such as `refresh_token`,
   * or a route such as `GET /ecom/v1/orders/{id}`. Throws a `TypeError` for an
   * unknown target or a malformed fault.
   */
  failNext(target: string, fault?: Fault): void;
  /** Removes pending faults: all, or those of one target. */
  clearFaults(target?: string): void;
  /**
   * Sends an event such as `wix.ecom.v1.order_updated` about the entity with
   * this id. Throws a `RangeError` for an unknown event or entity, or without a
   * URL to send it to.
   */
  sendEvent(eventType: string, entityId: string): void;
  /** Restores the seed and initial settings; clears counts, faults and revocations. */
  reset(): void;
  /** Changes several settings at once; throws and changes nothing. */
  change(settings: Partial<SettingValues>): void;
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** The controls of a running local Wix. */
export function createControls(backend: Backend): Controls {
  const { settings, state, tokens, faults, store } = backend;
  const change = (changes: object) => {
    settings.change(changes);
    state.commit();
  };
  const actions = {
    get counters() {
      return backend.counters.snapshot();
    },
    get faults() {
      return faults.list;
    },
    get now() {
      return backend.now();
    },
    set now(milliseconds: number) {
      const seconds = Math.ceil((milliseconds - backend.now()) / 1000);
      const { clockOffsetSeconds } = settings.values;
      change({ clockOffsetSeconds: clockOffsetSeconds + seconds });
    },
    expireAccessTokens() {
      tokens.endAccessTokens();
      state.commit();
    },
    revokeRefreshTokens(memberId?: string) {
      if (memberId !== undefined && !store.members.has(memberId)) {
        throw new RangeError(
          `Cannot revoke refresh tokens: no member has the id ${memberId}`,
        );
      }
      tokens.endRefreshTokens(memberId);
      state.commit();
    },
    failNext(target: string, fault: Fault = {}) {
      faults.add(target, fault);
      if (fault.kind === "reset") backend.dropIdleConnections();
    },
    clearFaults: (target?: string) => faults.clear(target),
    reset() {
      backend.reset();
      state.commit();
    },
    sendEvent: (eventType: string, entityId: string) =>
      sendEvent(backend, eventType, entityId),
    change,
  };
  for (const name of SETTING_NAMES) {
    Object.defineProperty(actions, name, {
      enumerable: true,
      get: () => settings.values[name],
      set: (value: unknown) => change({ [name]: value }),
    });
  }
  return actions as unknown as Controls;
}
