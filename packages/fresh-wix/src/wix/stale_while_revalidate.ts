// Data of Wix that is the same for every user, kept for a while.

import { runShared } from "./request_context.ts";
import { MALFORMED_RESPONSE, WixError } from "./wix_error.ts";

/** How long a value is kept, and which values are. */
export interface SharedDataOptions<T> {
  /** Milliseconds in which it is returned as it is. */
  readonly freshMs: number;
  /** Milliseconds after that in which it is returned while it is loaded anew. */
  readonly staleMs: number;
  /**
   * Returns whether a value has all that pages show of it. One that has not is
   * a failure: it is neither kept nor returned. Default: all have.
   */
  readonly isComplete?: (value: T) => boolean;
  /** Milliseconds; a parameter for tests. Default `Date.now`. */
  readonly now?: () => number;
}

/**
 * Returns a function that returns what `load` returned, as RFC 5861 §3
 * describes it: a caller waits only when there is no value yet, or none young
 * enough, and waiting callers share one call.
 *
 * `load` runs without a user, because its value is every user's: it can make
 * elevated calls and no others.
 * @throws {WixError} 502 when Wix's data is incomplete, and what `load` throws.
 */
export function staleWhileRevalidate<T>(
  load: () => Promise<T>,
  { freshMs, staleMs, isComplete = () => true, now = Date.now }:
    SharedDataOptions<T>,
): () => Promise<T> {
  let kept: { readonly value: T; readonly since: number } | undefined;
  let pending: Promise<T> | undefined;

  const reload = async () => {
    const value = await runShared(load);
    if (!isComplete(value)) {
      throw new WixError({
        status: 502,
        code: MALFORMED_RESPONSE,
        description: "The response lacks data that the page needs",
      });
    }
    kept = { value, since: now() };
    return value;
  };
  const revalidate = () =>
    pending ??= reload().finally(() => pending = undefined);

  return async () => {
    const age = kept === undefined ? Infinity : now() - kept.since;
    if (kept === undefined || age >= freshMs + staleMs) {
      return await revalidate();
    }
    // If it fails, callers hear of it when the value is too old.
    if (age >= freshMs) revalidate().catch(() => {});
    return kept.value;
  };
}
