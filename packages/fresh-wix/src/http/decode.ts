// Percent-decoding, as proxies may do it.

/** Returns the decoded text, `undefined` if it is invalid. */
export function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
