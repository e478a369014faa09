// Percent-encoding, as other servers on the way may decode it.

/** Returns what a text decodes to, `undefined` when it is not valid. */
export function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
