// Caches Wix data that is the same for every user.

import { AsyncLocalStorage } from "node:async_hooks";
import { LRUCache } from "lru-cache";
import { runShared, type TokenSource } from "./request_context.ts";

/** How long values are kept, and how many. */
export interface SharedDataOptions {
  /** Milliseconds in which a value is fresh. */
  readonly freshMs: number;
  /** Milliseconds after that in which it is returned while it is reloaded. */
  readonly staleMs: number;
  /** Values to cache; the least recently read are dropped. Default 300. */
  readonly max?: number;
}

/** Data that is the same for every user, read once for all of them. */
export interface Shared {
  /**
   * Returns a function that returns what `load` returned for the same arguments,
   * which are JSON, as RFC 5861 §3 describes it: a caller waits only if there
   * is no value, or none fresh enough, and waiting callers share one call.
   *
   * `load` runs as a visitor whom the whole process shares, never as the current
   * user: its value is shown to all. Elevated calls run as the app, as
   * elsewhere. Errors are not cached: throw if the data is incomplete.
   */
  <Args extends readonly unknown[], T>(
    load: (...args: Args) => Promise<T>,
    options: SharedDataOptions,
  ): (...args: Args) => Promise<T>;
  /**
   * Runs `render` with values of at most this age: a cache in front of all
   * processes must not store values older than its purge.
   */
  within<T>(maxAgeMs: number, render: () => T): T;
  /** Discards all values of this process, because the data has changed. */
  clear(): void;
}

/**
 * Returns the function of `wix.shared`.
 * @param tokens Of the visitor.
 * @param now Milliseconds; for tests.
 */
export function createShared(tokens: TokenSource, now = Date.now): Shared {
  const visitor = { kind: "visitor", current: undefined, ...tokens } as const;
  const caches: { clear(): void }[] = [];
  const maxAge = new AsyncLocalStorage<number>();
  const share = <Args extends readonly unknown[], T>(
    load: (...args: Args) => Promise<T>,
    { freshMs, staleMs, max = 300 }: SharedDataOptions,
  ) => {
    const values = new LRUCache<string, { readonly value: T }>({
      max,
      ttl: freshMs,
      ttlResolution: 0,
      perf: { now },
      ignoreFetchAbort: true,
      // If it fails, callers hear of it when the value is too old.
      noDeleteOnFetchRejection: true,
      async fetchMethod(key) {
        const args: Args = JSON.parse(key);
        return { value: await runShared(() => load(...args), visitor) };
      },
    });
    caches.push(values);
    return async (...args: Args) => {
      const key = JSON.stringify(args);
      const left = values.getRemainingTTL(key);
      const forceRefresh = freshMs - left > (maxAge.getStore() ?? Infinity);
      const allowStale = left > -staleMs && !forceRefresh;
      return (await values.forceFetch(key, { allowStale, forceRefresh })).value;
    };
  };
  return Object.assign(share, {
    within: <T>(maxAgeMs: number, render: () => T) =>
      maxAge.run(maxAgeMs, render),
    clear: () => caches.forEach((values) => values.clear()),
  });
}
