/**
 * Data of the shop that is the same for every user: read once per process, as
 * the app, and never on behalf of a visitor.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { staleWhileRevalidate } from "@fresh-wix/core";

/** What pages say about prices and stock is at most a minute old. */
const AGES = { freshMs: 30_000, staleMs: 30_000 };
/** The same for a page that a cache keeps, milliseconds. */
const MAX_AGE_TO_KEEP = 1_000;

const keeping = new AsyncLocalStorage<true>();
const caches = new Set<Map<string, unknown>>();

/**
 * Runs `render` with data read just now: what it returns is kept by a cache that
 * is purged when the data changes, also by processes that have the old data.
 */
export function readToKeep<T>(render: () => T): T {
  return keeping.run(true, render);
}

/** Reads everything anew from now on: the data has changed. */
export function forgetShared(): void {
  for (const readers of caches) readers.clear();
}

/**
 * Returns a function that returns what `load` returned for the same arguments,
 * shared by all requests of a minute.
 *
 * @param load Makes elevated calls. It returns `undefined` for what does not
 * exist, so that this is kept, too. Its arguments are JSON.
 * @param max Number of values to keep; those read longest ago go first.
 */
export function sharedByArguments<A extends unknown[], T>(
  load: (...args: A) => Promise<T>,
  max = 300,
): (...args: A) => Promise<T> {
  interface Reader {
    readonly read: () => Promise<T>;
    readonly since: number;
  }
  const readers = new Map<string, Reader>();
  caches.add(readers);
  return (...args) => {
    const key = JSON.stringify(args);
    const now = Date.now();
    const known = readers.get(key);
    const isOld = known && keeping.getStore() &&
      now - known.since > MAX_AGE_TO_KEEP;
    const reader = known && !isOld ? known : {
      read: staleWhileRevalidate(() => load(...args), AGES),
      since: now,
    };
    // The last in the order of a Map is the one read last.
    readers.delete(key);
    readers.set(key, reader);
    const [oldest] = readers.keys();
    if (readers.size > max && oldest !== undefined) readers.delete(oldest);
    return reader.read();
  };
}
