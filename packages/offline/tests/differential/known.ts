import type { Probe } from "./requests.ts";

/** A kind of difference that no user of the app can notice. */
export interface KnownDifference {
  readonly kind: RegExp;
  /** Request targets with this difference. Default: all. */
  readonly target?: RegExp;
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

/** Returns why a difference is harmless, `undefined` when it is not known. */
export function harmlessReason(
  kind: string,
  { target }: Probe,
): string | undefined {
  return KNOWN.find((known) =>
    known.kind.test(kind) && (known.target?.test(target) ?? true)
  )?.reason;
}
