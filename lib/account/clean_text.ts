/**
 * Cleans single-line text input.
 *
 * @module
 */

/**
 * Returns a line in NFC, trimmed, with runs of white space collapsed; `""` when
 * it has no visible character.
 */
export function cleanText(text: string | null | undefined): string {
  const line = (text ?? "").normalize().replace(/\s+/g, " ").trim();
  return /[^\s\p{Default_Ignorable_Code_Point}]/u.test(line) ? line : "";
}

/**
 * Control characters, undecodable characters, and characters that change the
 * direction of the text around them. Joiners and direction marks are allowed:
 * languages and emoji need them.
 *
 * @see https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
const FORBIDDEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffd]/u;

/** Returns whether a line has control or direction-changing characters. */
export function hasForbiddenCharacters(text: string): boolean {
  return FORBIDDEN.test(text);
}
