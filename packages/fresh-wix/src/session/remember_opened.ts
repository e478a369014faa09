/**
 * Remembering what was opened. Browsers send the same cookies with every
 * request, and opening them costs more than everything else that the session
 * step does together.
 *
 * @module
 */

/**
 * What one memory may hold, in characters: the sessions of about 10,000 people,
 * whose headers and values take some 60 MB together.
 */
const MAX_SIZE = 25_000_000;

/** Something with an end, in Unix seconds, unless it did not open. */
type Opened = { readonly expiresAt: number | undefined } | undefined;

/** Options of {@link rememberOpened}. */
export interface MemoryOptions<T> {
  /** Default the text's length. */
  readonly sizeOf?: (text: string, opened: T) => number;
  /** Of all remembered texts together. */
  readonly maxSize?: number;
}

/**
 * Returns `open` with a memory: a text that opened before is not opened again,
 * and nobody waits for it. Its end is checked each time. Only what holds
 * something that is still valid is remembered, so that nobody fills the memory
 * with inventions; the oldest texts make room.
 *
 * @param open Returns what a text holds.
 */
export function rememberOpened<T extends Opened>(
  open: (text: string, now: number) => Promise<T>,
  { sizeOf = (text) => text.length, maxSize = MAX_SIZE }: MemoryOptions<T> = {},
): (text: string, now: number) => T | Promise<T> {
  const remembered = new Map<string, T>();
  let size = 0;

  const forget = (text: string) => {
    const known = remembered.get(text);
    if (known === undefined) return;
    remembered.delete(text);
    size -= sizeOf(text, known);
  };
  const remember = (text: string, opened: T) => {
    forget(text);
    remembered.set(text, opened);
    size += sizeOf(text, opened);
    for (const oldest of remembered.keys()) {
      if (size <= maxSize) break;
      forget(oldest);
    }
  };
  const openNew = async (text: string, now: number) => {
    // A copy: a part of a string keeps the whole string in memory.
    const own = structuredClone(text);
    const opened = await open(own, now);
    if (opened?.expiresAt !== undefined) remember(own, opened);
    return opened;
  };

  return (text, now) => {
    const known = remembered.get(text);
    if (known?.expiresAt !== undefined && known.expiresAt > now) return known;
    forget(text);
    return openNew(text, now);
  };
}
