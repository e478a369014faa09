/** A kind of difference that no user of the app can notice. */
export interface KnownDifference {
  readonly kind: RegExp;
  /** Request targets with this difference. */
  readonly target: RegExp;
  readonly reason: string;
}

/** The list; every other difference fails the run. */
export const KNOWN: readonly KnownDifference[] = [
  {
    kind: /^(?:status \d+ \| 501$|header location$)/,
    target: /\?fresh-partial=/,
    reason: "the stubs have no partials, and no page here requests them",
  },
];
