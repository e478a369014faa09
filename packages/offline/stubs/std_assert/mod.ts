/**
 * Offline stub of `@std/assert`: see `packages/offline/README.md`.
 *
 * @module
 */

import assertions, { AssertionError, fail } from "node:assert";
import { inspect } from "node:util";
import { diff, equal } from "./equal.ts";

export { AssertionError, equal };

// deno-lint-ignore no-explicit-any -- what `new (...)` of any class accepts
type AnyClass<T> = abstract new (...args: any[]) => T;

/** Asserts that `value` is truthy. */
export function assert(value: unknown, message = ""): asserts value {
  if (!value) fail(message);
}

/** Asserts that both have the same content. */
export function assertEquals<T>(a: T, b: T, own?: string): void {
  if (!equal(a, b)) failed(`Values are not equal.${diff(a, b)}`, own);
}

/** Asserts that the two differ in content. */
export function assertNotEquals<T>(a: T, b: T, own?: string): void {
  if (equal(a, b)) failed(`Expected actual not to be: ${inspect(b)}`, own);
}

/** Asserts that both are the same value or object. */
export function assertStrictEquals<T>(
  a: unknown,
  b: T,
  own?: string,
): asserts a is T {
  assertions.strictEqual(a, b, own);
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
  let thrown: unknown;
  assertions.throws(fn, (error) => {
    thrown = error;
    return true;
  }, own);
  return checked(thrown, Class, includes, own);
}

/** Asserts that the promise of `fn` rejects; resolves to the error. */
export async function assertRejects<E = unknown>(
  fn: () => PromiseLike<unknown>,
  Class?: AnyClass<E>,
  includes?: string,
  own?: string,
): Promise<E> {
  let reason: unknown;
  await assertions.rejects(Promise.resolve(fn()), (error) => {
    reason = error;
    return true;
  }, own);
  return checked(reason, Class, includes, own);
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
