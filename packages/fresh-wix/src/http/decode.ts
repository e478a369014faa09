// Percent-encoding, as whoever reads an address next may take it.

/** Returns what a text decodes to, `undefined` when it is not valid. */
export function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
