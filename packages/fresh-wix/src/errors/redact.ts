// Removes secrets from texts that others can read.

/** Wix tokens and encrypted cookies, anywhere in a text. */
const TOKENS = /(?:OauthNG\.)?JWS\.[\w.-]+|\beyJ[\w-]{10,}[\w.-]*/gi;

/** The bounds keep the search linear: texts come from outside. */
const EMAIL_ADDRESSES =
  /(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}/gi;

/** Replaces a secret. */
export const REDACTED = "[redacted]";

/** Returns `text` without tokens and email addresses, as logs may have it. */
export function redact(text: string): string {
  return redactTokens(text).replace(EMAIL_ADDRESSES, REDACTED);
}

/** Returns `text` without tokens. */
export function redactTokens(text: string): string {
  return text.replace(TOKENS, REDACTED);
}
