/**
 * Offline stand-in of `@std/assert`: see `offline/README.md`.
 *
 * @module
 */

import { check, comparison, show } from "./check.ts";
import { diff, equal, subset } from "./equal.ts";

export { AssertionError } from "./check.ts";
export { equal } from "./equal.ts";
export { assertRejects, assertThrows } from "./throw.ts";

// deno-lint-ignore no-explicit-any -- what `new (...)` of any class accepts
type AnyClass<T> = abstract new (...args: any[]) => T;
type Ordered = number | bigint | string | Date;

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
  check(false, "Failed assertion", own);
}

/** Fails, as this line must not be reached. */
export function unreachable(own?: string): never {
  check(false, "Unreachable", own);
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

/** Asserts that `a` has at least what `b` has. */
export function assertObjectMatch(a: object, b: object, own?: string): void {
  assertEquals<unknown>(subset(a, b), b, own);
}

/** Asserts that `value` is neither `null` nor `undefined`. */
export function assertExists<T>(
  value: T,
  own?: string,
): asserts value is NonNullable<T> {
  const problem = `Expected actual: "${value}" to not be null or undefined`;
  check(value !== null && value !== undefined, problem, own);
}

/** Asserts that `value` is an instance of `Class`. */
export function assertInstanceOf<T>(
  value: unknown,
  Class: AnyClass<T>,
  own?: string,
): asserts value is T {
  const name = value instanceof Object ? value.constructor.name : value;
  const problem = `Expected object to be an instance of "${Class.name}"`;
  check(value instanceof Class, `${problem} but was "${name}"`, own);
}

/** Asserts that `a` contains an equal of everything in `b`. */
export function assertArrayIncludes<T>(
  a: readonly T[],
  b: readonly T[],
  own?: string,
): void {
  const missing = b.filter((item) => !a.some((other) => equal(item, other)));
  const problem = `Expected actual: "${show(a)}" to include: "${show(b)}".`;
  check(missing.length === 0, `${problem}\nmissing: ${show(missing)}`, own);
}

/** Asserts that two numbers differ by at most `tolerance`. */
export function assertAlmostEquals(
  a: number,
  b: number,
  tolerance = Math.abs(b * 1e-7),
  own?: string,
): void {
  const isClose = Object.is(a, b) || Math.abs(b - a) <= tolerance;
  check(isClose, `Expected actual: "${a}" to be close to "${b}"`, own);
}

/** Asserts that a string matches a pattern. */
export const assertMatch = comparison<string, RegExp>(
  "to match",
  (a, b) => a.search(b) >= 0,
);
/** Asserts that a string does not match a pattern. */
export const assertNotMatch = comparison<string, RegExp>(
  "to not match",
  (a, b) => a.search(b) < 0,
);
/** Asserts that a string contains another one. */
export const assertStringIncludes = comparison<string, string>(
  "to contain",
  (a, b) => a.includes(b),
);
/** Asserts `a > b`. */
export const assertGreater = comparison<Ordered>(">", (a, b) => a > b);
/** Asserts `a >= b`. */
export const assertGreaterOrEqual = comparison<Ordered>(">=", (a, b) => a >= b);
/** Asserts `a < b`. */
export const assertLess = comparison<Ordered>("<", (a, b) => a < b);
/** Asserts `a <= b`. */
export const assertLessOrEqual = comparison<Ordered>("<=", (a, b) => a <= b);
