/**
 * Remembering what sealed values hold. Browsers send the same value with every
 * request, and opening it costs more than everything else that the session step
 * does together.
 *
 * @module
 */
import { inSpan } from "@/lib/observe/span.ts";
import type { OpenedSeal, Seal } from "./seal.ts";

/**
 * All values of one cookie together, in characters: the sessions of about
 * 10,000 people, some 40 MB with what they hold.
 */
const MAX_LENGTH = 20_000_000;

/**
 * Returns `seal` with a memory: a value that opened before is not decrypted
 * again. Its end is checked each time. What does not open is not remembered, so
 * that nobody fills the memory with inventions; the oldest values make room.
 *
 * @param maxLength Characters of all remembered values together.
 */
export function rememberOpened(seal: Seal, maxLength = MAX_LENGTH): Seal {
  const remembered = new Map<string, OpenedSeal>();
  let length = 0;

  const forget = (value: string) => {
    if (remembered.delete(value)) length -= value.length;
  };
  const remember = (value: string, opened: OpenedSeal) => {
    forget(value);
    remembered.set(value, opened);
    length += value.length;
    for (const oldest of remembered.keys()) {
      if (length <= maxLength) break;
      forget(oldest);
    }
  };

  return {
    seal: (claims, times) => seal.seal(claims, times),

    async open(value, now) {
      const known = remembered.get(value);
      const opened = known ??
        await inSpan("session open", () => seal.open(value, now));
      if (opened === undefined || opened.expiresAt <= now) {
        forget(value);
        return undefined;
      }
      // A copy: a part of a string keeps the whole Cookie header in memory.
      if (known === undefined) remember(structuredClone(value), opened);
      return opened;
    },
  };
}
