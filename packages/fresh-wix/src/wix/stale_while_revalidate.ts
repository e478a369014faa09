/**
 * Answers of Wix that are the same for everybody, kept for a while.
 *
 * @module
 */

/** How long a value is kept. */
export interface Freshness {
  /** Milliseconds in which it is given out as it is. */
  readonly freshMs: number;
  /** Milliseconds after that in which it is given out once more, and renewed. */
  readonly staleMs: number;
  /** Milliseconds; a parameter for tests. Default `Date.now`. */
  readonly now?: () => number;
}

/**
 * Returns a function that gives what `load` gave, as RFC 5861 §3 describes it:
 * only those wait who come when there is nothing yet, or nothing young enough,
 * and they share one call.
 *
 * For what is everybody's only: what depends on who asks belongs to one request.
 */
export function staleWhileRevalidate<T>(
  load: () => Promise<T>,
  { freshMs, staleMs, now = Date.now }: Freshness,
): () => Promise<T> {
  let kept: { readonly value: T; readonly since: number } | undefined;
  let pending: Promise<T> | undefined;

  const renew = () =>
    pending ??= load()
      .then((value) => {
        kept = { value, since: now() };
        return value;
      })
      .finally(() => pending = undefined);

  return async () => {
    const age = kept === undefined ? Infinity : now() - kept.since;
    if (kept === undefined || age >= freshMs + staleMs) return await renew();
    // If it fails, those who come when the time is over hear of it.
    if (age >= freshMs) renew().catch(() => {});
    return kept.value;
  };
}
