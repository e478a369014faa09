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

/** Prints a value as failure messages show it. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return inspect(value, { depth: null, sorted: true });
}
