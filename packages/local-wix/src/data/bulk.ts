import { WixError } from "../http/errors.ts";

/** What a call returned, or the error that a bulk reply has for it. */
export interface Attempt<T> {
  readonly value?: T;
  readonly error?: unknown;
}

/** Runs `call`; an error of Wix is returned, any other one thrown. */
export function attempt<T>(call: () => T): Attempt<T> {
  try {
    return { value: call() };
  } catch (error) {
    if (!(error instanceof WixError)) throw error;
    const { details, message: description } = error;
    const code = "INVALID_ARGUMENT";
    return { error: details.applicationError ?? { code, description } };
  }
}

/** The counts of a bulk reply. */
export function countSuccesses(
  results: readonly { readonly success: boolean }[],
): { readonly totalSuccesses: number; readonly totalFailures: number } {
  const totalSuccesses = results.filter(({ success }) => success).length;
  return { totalSuccesses, totalFailures: results.length - totalSuccesses };
}
