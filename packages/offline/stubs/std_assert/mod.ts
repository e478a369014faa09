/**
 * Offline stub of `@std/assert`: see `packages/offline/README.md`.
 *
 * @module
 */

import { AssertionError, fail } from "node:assert";
import { inspect } from "node:util";
import { isEqual, isEqualWith } from "es-toolkit";

export {
  AssertionError,
  ok as assert,
  strictEqual as assertStrictEquals,
} from "node:assert";

// deno-lint-ignore no-explicit-any -- what `new (...)` of any class accepts
type AnyClass<T> = abstract new (...args: any[]) => T;

/** Compares by content; `0` equals `-0`. */
function equal(a: unknown, b: unknown): boolean {
  return isEqualWith(a, b, (a, b) => {
    if (!(a instanceof Headers && b instanceof Headers)) return undefined;
    return isEqual([...a], [...b]);
  });
}

/** Asserts that both have the same content. */
export function assertEquals<T>(actual: T, expected: T, own?: string): void {
  if (equal(actual, expected)) return;
  const { message } = new AssertionError({
    actual,
    expected,
    operator: "deepStrictEqual",
  });
  fail(`Values are not equal${own ? `: ${own}` : "."}\n\n${message}`);
}

/** Asserts that the two differ in content. */
export function assertNotEquals<T>(a: T, b: T, own?: string): void {
  if (equal(a, b)) failed(`Expected actual not to be: ${inspect(b)}`, own);
}

/** Asserts that `value` is neither `null` nor `undefined`. */
export function assertExists<T>(
  value: T,
  own?: string,
): asserts value is NonNullable<T> {
  if (value === null || value === undefined) failed(`It is ${value}`, own);
}

/** Asserts that `value` is an instance of `Class`. */
export function assertInstanceOf<T>(
  value: unknown,
  Class: AnyClass<T>,
  own?: string,
): asserts value is T {
  if (value instanceof Class) return;
  failed(`Expected an instance of ${Class.name}: ${inspect(value)}`, own);
}

/** Asserts that a string matches a pattern. */
export function assertMatch(actual: string, expected: RegExp, own?: string) {
  if (actual.search(expected) >= 0) return;
  failed(`Expected actual: "${actual}" to match: "${expected}"`, own);
}

/** Asserts that a string contains another one. */
export function assertStringIncludes(
  actual: string,
  expected: string,
  own?: string,
): void {
  if (actual.includes(expected)) return;
  failed(`Expected actual: "${actual}" to contain: "${expected}"`, own);
}

/** Asserts that `fn` throws; returns the error. */
export function assertThrows<E = unknown>(
  fn: () => unknown,
  Class?: AnyClass<E>,
  includes?: string,
  own?: string,
): E {
  try {
    fn();
  } catch (error) {
    return checked(error, Class, includes, own);
  }
  failed("Expected function to throw", own);
}

/** Asserts that the promise of `fn` rejects; resolves to the error. */
export async function assertRejects<E = unknown>(
  fn: () => PromiseLike<unknown>,
  Class?: AnyClass<E>,
  includes?: string,
  own?: string,
): Promise<E> {
  const promise = Promise.resolve(fn());
  try {
    await promise;
  } catch (error) {
    return checked(error, Class, includes, own);
  }
  failed("Expected function to reject", own);
}

function checked<E>(
  error: unknown,
  Class: AnyClass<E> | undefined,
  includes = "",
  own: string | undefined,
): E {
  // Without a class E is unknown, which every value is.
  if (!Class) return error as E;
  assertInstanceOf(error, Class, own);
  const message = error instanceof Error ? error.message : "";
  assertStringIncludes(message, includes, own);
  return error;
}

function failed(problem: string, own: string | undefined): never {
  fail(own ? `${problem}: ${own}` : `${problem}.`);
}
