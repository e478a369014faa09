/** The format of most Wix ids. The SDK does not escape ids in URLs. */
const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Returns whether a text, such as one of a URL, has the format of a Wix id. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}
