/**
 * Offline stand-in of `@std/assert`: see `offline/README.md`.
 *
 * @module
 */

import { check, show } from "./check.ts";
import { diff, equal, subset } from "./equal.ts";

export { AssertionError } from "./check.ts";
export { equal } from "./equal.ts";
export { assertRejects, assertThrows } from "./throw.ts";

// deno-lint-ignore no-explicit-any -- what `new (...)` of any class accepts
type AnyClass<T> = abstract new (...args: any[]) => T;

/** Asserts that `value` is truthy. */
export function assert(value: unknown, message = ""): asserts value {
  check(value, message, null);
}

/** Asserts that `value` is falsy. */
export function assertFalse(value: unknown, message = ""): void {
  check(!value, message, null);
}

/** Fails. */
export function fail(own?: string): never {
  throw check(false, "Failed assertion", own);
}

/** Fails, as this line must not be reached. */
export function unreachable(own?: string): never {
  throw check(false, "Unreachable", own);
}

/** Asserts that both have the same content. */
export function assertEquals<T>(a: T, b: T, own?: string): void {
  check(equal(a, b), `Values are not equal.${diff(a, b)}`, own);
}

/** Asserts that the two differ in content. */
export function assertNotEquals<T>(a: T, b: T, own?: string): void {
  check(!equal(a, b), `Expected actual: ${show(a)} not to be: ${show(b)}`, own);
}

/** Asserts that both are the same value or object. */
export function assertStrictEquals<T>(
  a: unknown,
  b: T,
  own?: string,
): asserts a is T {
  const problem = equal(a, b)
    ? "Values have the same structure but are not reference-equal."
    : "Values are not strictly equal.";
  check(Object.is(a, b), problem + diff(a, b), own);
}

/** Asserts that `actual` has at least what `expected` has. */
export function assertObjectMatch(
  actual: object,
  expected: object,
  own?: string,
): void {
  assertEquals<unknown>(subset(actual, expected), expected, own);
}

/** Asserts that `actual` is neither `null` nor `undefined`. */
export function assertExists<T>(
  actual: T,
  own?: string,
): asserts actual is NonNullable<T> {
  const problem = `Expected actual: "${actual}" to not be null or undefined`;
  check(actual !== null && actual !== undefined, problem, own);
}

/** Asserts that `actual` is an instance of `Class`. */
export function assertInstanceOf<T>(
  actual: unknown,
  Class: AnyClass<T>,
  own?: string,
): asserts actual is T {
  const name = actual instanceof Object ? actual.constructor.name : actual;
  const problem = `Expected object to be an instance of "${Class.name}"`;
  check(actual instanceof Class, `${problem} but was "${name}"`, own);
}

/** Asserts that `actual` matches `pattern`. */
export function assertMatch(a: string, pattern: RegExp, own?: string): void {
  const problem = `Expected actual: "${a}" to match: "${pattern}"`;
  check(a.search(pattern) >= 0, problem, own);
}

/** Asserts that `actual` does not match `pattern`. */
export function assertNotMatch(a: string, pattern: RegExp, own?: string): void {
  const problem = `Expected actual: "${a}" to not match: "${pattern}"`;
  check(a.search(pattern) < 0, problem, own);
}

/** Asserts that `actual` contains `part`. */
export function assertStringIncludes(
  actual: string,
  part: string,
  own?: string,
): void {
  const problem = `Expected actual: "${actual}" to contain: "${part}"`;
  check(actual.includes(part), problem, own);
}

/** Asserts that `actual` contains an equal of everything in `expected`. */
export function assertArrayIncludes<T>(
  actual: readonly T[],
  expected: readonly T[],
  own?: string,
): void {
  const has = (item: T) => actual.some((other) => equal(item, other));
  const missing = expected.filter((item) => !has(item));
  const problem = `Expected actual: "${show(actual)}" to include: ` +
    `"${show(expected)}".\nmissing: ${show(missing)}`;
  check(missing.length === 0, problem, own);
}

/** Asserts that two numbers differ by at most `tolerance`. */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance = Math.abs(expected * 1e-7),
  own?: string,
): void {
  const isClose = Math.abs(expected - actual) <= tolerance;
  const problem = `Expected actual: "${actual}" to be close to "${expected}"`;
  check(isClose || Object.is(actual, expected), problem, own);
}

/** Asserts `a > b`. */
export function assertGreater<T>(a: T, b: T, own?: string): void {
  check(a > b, own ?? `Expect ${show(a)} > ${show(b)}`, null);
}

/** Asserts `a >= b`. */
export function assertGreaterOrEqual<T>(a: T, b: T, own?: string): void {
  check(a >= b, own ?? `Expect ${show(a)} >= ${show(b)}`, null);
}

/** Asserts `a < b`. */
export function assertLess<T>(a: T, b: T, own?: string): void {
  check(a < b, own ?? `Expect ${show(a)} < ${show(b)}`, null);
}

/** Asserts `a <= b`. */
export function assertLessOrEqual<T>(a: T, b: T, own?: string): void {
  check(a <= b, own ?? `Expect ${show(a)} <= ${show(b)}`, null);
}
