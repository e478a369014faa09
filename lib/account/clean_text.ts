/**
 * Lines of text as people type and paste them.
 *
 * @module
 */

/**
 * Returns a line without what nobody means: spaces around it or several in a
 * row, and nothing at all when there is nothing to see in it.
 */
export function cleanText(text: string | null | undefined): string {
  const line = (text ?? "").normalize().replace(/\s+/g, " ").trim();
  return /[^\s\p{Default_Ignorable_Code_Point}]/u.test(line) ? line : "";
}

/**
 * Controls, what could not be decoded, and what turns the direction of the text
 * around it: in a name it would turn other people's pages around. Joiners and
 * direction marks, which languages and emoji need, are none of these.
 *
 * @see https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffd]/u;

/** Returns whether a line has characters that nobody can see or mean. */
export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text);
}
