/**
 * Whether session secrets are random, as far as that can be seen.
 *
 * @module
 */
import type { Finding } from "./finding.ts";

/** Words and sequences of keys that people make secrets of. */
const MADE_UP =
  /secret|passw|change.?me|example|session|cookie|qwert|letmein|123456|abcdefg/i;

/** A part that is repeated at once. */
const REPEATED = /(.{5,})\1/;

/**
 * Returns what is wrong with the secrets in `SESSION_SECRET`. Their length is
 * the settings' own concern.
 */
export function checkSecrets(listed: string | undefined): Finding {
  if (listed === undefined) {
    return {
      outcome: "ok",
      says: "Cookies are sealed with a key derived from WIX_CLIENT_SECRET.",
      todo: "With a SESSION_SECRET of its own, a new client secret would log " +
        "nobody out.",
    };
  }
  const secrets = listed.split(",").map((secret) => secret.trim());
  const guessable = secrets.findIndex((secret) =>
    MADE_UP.test(secret) || REPEATED.test(secret)
  );
  if (guessable < 0) {
    return { outcome: "ok", says: "SESSION_SECRET looks random." };
  }
  const which = secrets.length === 1 ? "" : ` (number ${guessable + 1})`;
  return {
    outcome: "problem",
    says: `SESSION_SECRET${which} reads as if somebody had made it up.`,
    todo:
      "Whoever guesses it can make sessions of anybody. Make another with " +
      "`openssl rand -base64 48`, and set it in place of this one, not beside " +
      "it: everybody logs in again.",
  };
}
