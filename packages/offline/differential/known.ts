/**
 * Differences that no user of the app can notice.
 *
 * @module
 */

/** A kind of difference, and why it may be. */
export interface KnownDifference {
  readonly kind: RegExp;
  readonly reason: string;
}

/** The list; what is not in it fails the run. */
export const KNOWN: readonly KnownDifference[] = [];
