import { check } from "./check.ts";

// deno-lint-ignore no-explicit-any -- what `new (...)` of any class accepts
type ErrorClass<E> = abstract new (...args: any[]) => E;

/** Asserts that `fn` throws; returns the error. */
export function assertThrows<E = unknown>(
  fn: () => unknown,
  Class?: ErrorClass<E>,
  includes?: string,
  own?: string,
): E {
  try {
    fn();
  } catch (error) {
    return checked(error, "thrown", Class, includes, own);
  }
  check(false, "Expected function to throw", own);
}

/** Asserts that the promise of `fn` rejects; resolves to the error. */
export async function assertRejects<E = unknown>(
  fn: () => PromiseLike<unknown>,
  Class?: ErrorClass<E>,
  includes?: string,
  own?: string,
): Promise<E> {
  let promise: unknown;
  try {
    promise = fn();
  } catch { /* Told below: only a promise can reject. */ }
  const isPromise = promise instanceof Promise;
  check(isPromise, "Function throws when expected to reject", own);
  try {
    await promise;
  } catch (error) {
    return checked(error, "rejected", Class, includes, own);
  }
  check(false, "Expected function to reject", own);
}

function checked<E>(
  error: unknown,
  how: string,
  Class: ErrorClass<E> | undefined,
  includes = "",
  own: string | undefined,
): E {
  // Without a class E is unknown, which every value is.
  if (!Class) return error as E;
  check(error instanceof Error, `A non-Error object was ${how}`, own);
  const { message, constructor: { name } } = error;
  const wrongClass = `Expected error to be instance of "${Class.name}"`;
  check(error instanceof Class, `${wrongClass}, but was "${name}"`, own);
  const wrong = `Expected error message to include "${includes}"`;
  check(message.includes(includes), `${wrong}, but got "${message}"`, own);
  return error;
}
