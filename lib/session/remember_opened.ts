/**
 * Remembering what was opened. Browsers send the same cookies with every
 * request, and opening them costs more than everything else that the session
 * step does together.
 *
 * @module
 */

/**
 * All texts of one memory together, in characters: the sessions of about
 * 10,000 people, some 40 MB with what they hold.
 */
const MAX_LENGTH = 25_000_000;

/** Something with an end, in Unix seconds, unless it did not open. */
type Opened = { readonly expiresAt: number | undefined } | undefined;

/**
 * Returns `open` with a memory: a text that opened before is not opened again,
 * and nobody waits for it. Its end is checked each time. What does not open is
 * not remembered, so that nobody fills the memory with inventions; the oldest
 * texts make room.
 *
 * @param open Returns what a text holds.
 * @param maxLength Characters of all remembered texts together.
 */
export function rememberOpened<T extends Opened>(
  open: (text: string, now: number) => Promise<T>,
  maxLength = MAX_LENGTH,
): (text: string, now: number) => T | Promise<T> {
  const remembered = new Map<string, T>();
  let length = 0;

  const forget = (text: string) => {
    if (remembered.delete(text)) length -= text.length;
  };
  const remember = (text: string, opened: T) => {
    forget(text);
    remembered.set(text, opened);
    length += text.length;
    for (const oldest of remembered.keys()) {
      if (length <= maxLength) break;
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
