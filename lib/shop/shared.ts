/**
 * Data of the shop that is the same for every user: read once per process, as
 * the app, and never on behalf of a visitor.
 *
 * @module
 */
import { staleWhileRevalidate } from "@fresh-wix/core";

/** What pages say about prices and stock is at most a minute old. */
const AGES = { freshMs: 30_000, staleMs: 30_000 };

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
  const readers = new Map<string, () => Promise<T>>();
  return (...args) => {
    const key = JSON.stringify(args);
    const read = readers.get(key) ??
      staleWhileRevalidate(() => load(...args), AGES);
    // The last in the order of a Map is the one read last.
    readers.delete(key);
    readers.set(key, read);
    const [oldest] = readers.keys();
    if (readers.size > max && oldest !== undefined) readers.delete(oldest);
    return read();
  };
}
