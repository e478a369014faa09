/**
 * Sharing one call among everyone who needs its result at the same time.
 *
 * @module
 */

/** What {@link singleFlight} needs. */
export interface SingleFlightOptions {
  /** How long a result is still given to those who ask later, milliseconds. */
  readonly keepMs: number;
  /** Whether a failure is kept like a result. Default: none is. */
  readonly isFinal?: (error: unknown) => boolean;
  /** How many results are kept at most; the oldest go first. */
  readonly maxKept: number;
  /** Milliseconds; a parameter for tests. Default `Date.now`. */
  readonly now?: () => number;
}

/**
 * Returns a function that runs `call` once per key: whoever comes while it
 * runs, or `keepMs` after it succeeded, gets the same result. A failure that is
 * not final is shared with those who wait and then forgotten.
 */
export function singleFlight<T>(
  { keepMs, maxKept, isFinal, now = Date.now }: SingleFlightOptions,
): (key: string, call: () => Promise<T>) => Promise<T> {
  const flights = new Map<string, { result: Promise<T>; until: number }>();

  return (key, call) => {
    const known = flights.get(key);
    if (known !== undefined && now() < known.until) return known.result;

    const flight = { result: call(), until: Infinity };
    flights.delete(key);
    flights.set(key, flight);
    for (const [oldest, { until }] of flights) {
      if (flights.size <= maxKept) break;
      // Calls under way stay: a second one could spend the same token.
      if (until !== Infinity) flights.delete(oldest);
    }
    const keep = () => flight.until = now() + keepMs;
    flight.result.then(
      keep,
      (error) => isFinal?.(error) ? keep() : flights.delete(key),
    );
    return flight.result;
  };
}
