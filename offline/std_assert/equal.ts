import { AssertionError } from "node:assert";
import { isDeepStrictEqual } from "node:util";

/** Compares by content; `0` equals `-0`. */
export function equal(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(normalized(a), normalized(b));
}

/** Tells in which lines the printed values differ. */
export function diff(actual: unknown, expected: unknown): string {
  const operator = "deepStrictEqual";
  const { message } = new AssertionError({ actual, expected, operator });
  return message.replace(/^.*/, "\n\n    [Diff] Actual / Expected\n");
}

// Copies `value` without what isDeepStrictEqual minds and `equal` does not.
function normalized(value: unknown, seen = new Map()): unknown {
  if (value === 0) return 0;
  if (value instanceof Headers) return [...value];
  if (!isPlain(value) || seen.has(value)) return seen.get(value) ?? value;
  const copy = Array.isArray(value) ? new Array(value.length) : {};
  seen.set(value, copy);
  for (const key of Reflect.ownKeys(value)) {
    if (key === "length") continue;
    Reflect.set(copy, key, normalized(Reflect.get(value, key), seen));
  }
  return copy;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return [null, Object.prototype, Array.prototype].includes(prototype);
}
