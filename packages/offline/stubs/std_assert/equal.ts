import { AssertionError } from "node:assert";
import { isEqual, isEqualWith } from "es-toolkit";

/** Compares by content; `0` equals `-0`. */
export function equal(a: unknown, b: unknown): boolean {
  return isEqualWith(a, b, (a, b) => {
    if (!(a instanceof Headers && b instanceof Headers)) return undefined;
    return isEqual([...a], [...b]);
  });
}

/** Tells in which lines the printed values differ. */
export function diff(actual: unknown, expected: unknown): string {
  const operator = "deepStrictEqual";
  const { message } = new AssertionError({ actual, expected, operator });
  return message.replace(/^.*/, "\n\n    [Diff] Actual / Expected\n");
}
