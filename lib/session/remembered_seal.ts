/**
 * Remembering what sealed values hold. Browsers send the same value with every
 * request, and opening it costs more than everything else that the session step
 * does together.
 *
 * @module
 */
import { inSpan } from "@/lib/observe/span.ts";

/**
 * All values of one cookie together, in characters: the sessions of about
 * 10,000 people, some 40 MB with what they hold.
 */
const MAX_LENGTH = 20_000_000;

/**
 * Returns `open` with a memory: a value that opened before is not decrypted
 * again, and nobody waits for it. Its end is checked each time. What does not
 * open is not remembered, so that nobody fills the memory with inventions; the
 * oldest values make room.
 *
 * @param open Returns what a value holds, and when that ends in Unix seconds.
 * @param maxLength Characters of all remembered values together.
 */
export function rememberOpened<T extends { readonly expiresAt: number }>(
  open: (value: string, now: number) => Promise<T | undefined>,
  maxLength = MAX_LENGTH,
): (value: string, now: number) => T | undefined | Promise<T | undefined> {
  const remembered = new Map<string, T>();
  let length = 0;

  const forget = (value: string) => {
    if (remembered.delete(value)) length -= value.length;
  };
  const remember = (value: string, opened: T) => {
    forget(value);
    remembered.set(value, opened);
    length += value.length;
    for (const oldest of remembered.keys()) {
      if (length <= maxLength) break;
      forget(oldest);
    }
  };
  const openNew = async (value: string, now: number) => {
    const opened = await inSpan("session open", () => open(value, now));
    // A copy: a part of a string keeps the whole Cookie header in memory.
    if (opened !== undefined) remember(structuredClone(value), opened);
    return opened;
  };

  return (value, now) => {
    const known = remembered.get(value);
    if (known === undefined) return openNew(value, now);
    if (known.expiresAt > now) return known;
    forget(value);
    return undefined;
  };
}
