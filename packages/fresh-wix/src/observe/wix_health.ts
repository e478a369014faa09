/**
 * How Wix is doing, from this process's own calls: asking Wix for it would make
 * a bad moment worse, and health checks a way to make the app call Wix.
 *
 * @module
 */
import { isUnreachable } from "../wix/wix_error.ts";

/** What the calls of the last minute say. */
export interface WixHealth {
  /** Takes note of how Wix answered a call. */
  observe(status: number): void;
  /**
   * Returns `degraded` when at least half of the last twenty calls, as far as
   * they are of the last minute, got no usable answer (429, 5xx, none at all).
   * Without calls it is `ok`.
   */
  state(): "ok" | "degraded";
}

const LAST_CALLS = 20;
const LATELY_MS = 60_000;

/** Returns the health of a Wix that nobody called yet. */
export function createWixHealth(
  /** @param options.now Milliseconds. */
  { now }: { now: () => number },
): WixHealth {
  const calls: { readonly at: number; readonly failed: boolean }[] = [];

  return {
    observe(status) {
      calls.push({ at: now(), failed: isUnreachable(status) });
      if (calls.length > LAST_CALLS) calls.shift();
    },

    state() {
      const since = now() - LATELY_MS;
      const lately = calls.filter(({ at }) => at > since);
      const failed = lately.filter(({ failed }) => failed).length;
      return failed > 0 && failed * 2 >= lately.length ? "degraded" : "ok";
    },
  };
}
