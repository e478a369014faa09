import { inspect } from "node:util";

/** Thrown by every assertion. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/** Throws unless `ok`; `own` is the caller's message, `null` for none. */
export function check(
  ok: unknown,
  problem: string,
  own: string | null | undefined,
): asserts ok {
  if (ok) return;
  const end = own === null ? "" : own ? `: ${own}` : ".";
  throw new AssertionError(problem + end);
}

/** Returns an assertion that `holds` for two values. */
export function comparison<A, B = A>(
  words: string,
  holds: (a: A, b: B) => boolean,
): (actual: A, expected: B, own?: string) => void {
  return (actual, expected, own) => {
    const problem = `Expected actual: "${actual}" ${words}: "${expected}"`;
    check(holds(actual, expected), problem, own);
  };
}

/** Prints a value as failure messages show it. */
export function show(value: unknown): string {
  return inspect(value, { depth: 5, maxStringLength: 500 });
}
