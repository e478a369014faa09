import { check } from "./check.ts";

// deno-lint-ignore no-explicit-any -- what `new (...)` of any class accepts
type ErrorClass<E> = abstract new (...args: any[]) => E;
type Expected = [(ErrorClass<Error> | string)?, ...(string | undefined)[]];

/** Asserts that `fn` throws; returns the error. */
export function assertThrows(fn: () => unknown, own?: string): unknown;
export function assertThrows<E extends Error>(
  fn: () => unknown,
  Class: ErrorClass<E>,
  includes?: string,
  own?: string,
): E;
export function assertThrows(
  fn: () => unknown,
  ...expected: Expected
): unknown {
  try {
    fn();
  } catch (error) {
    return verified(error, "thrown", expected);
  }
  check(false, "Expected function to throw", ownMessage(expected));
}

/** Asserts that the promise of `fn` rejects; resolves to the error. */
export function assertRejects(
  fn: () => PromiseLike<unknown>,
  own?: string,
): Promise<unknown>;
export function assertRejects<E extends Error>(
  fn: () => PromiseLike<unknown>,
  Class: ErrorClass<E>,
  includes?: string,
  own?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  ...expected: Expected
): Promise<unknown> {
  const own = ownMessage(expected);
  let promise: unknown;
  try {
    promise = fn();
  } catch { /* Told below: only a promise can reject. */ }
  const isPromise = promise instanceof Promise;
  check(isPromise, "Function throws when expected to reject", own);
  try {
    await promise;
  } catch (error) {
    return verified(error, "rejected", expected);
  }
  check(false, "Expected function to reject", own);
}

function ownMessage([first, , third]: Expected): string | undefined {
  return typeof first === "string" ? first : third;
}

function verified(error: unknown, how: string, expected: Expected): unknown {
  const [Class, includes = ""] = expected;
  if (typeof Class !== "function") return error;
  const own = ownMessage(expected);
  check(error instanceof Error, `A non-Error object was ${how}`, own);
  const { message, constructor: { name } } = error;
  const wrongClass = `Expected error to be instance of "${Class.name}"`;
  check(error instanceof Class, `${wrongClass}, but was "${name}"`, own);
  const wrong = `Expected error message to include "${includes}"`;
  check(message.includes(includes), `${wrong}, but got "${message}"`, own);
  return error;
}
