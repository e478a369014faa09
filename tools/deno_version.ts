/**
 * The oldest Deno versions that the tasks support. This file imports nothing, so
 * that it runs on older versions too.
 *
 * @module
 */

/** For `start`, `dev`, `build` and `serve`. Determined by testing; see README.md. */
export const OLDEST_DENO = "2.6.0";

/** For type checks: older versions have different library types. */
export const OLDEST_CHECKING_DENO = "2.9.0";

/** For the stubs, which run `deno transpile`. */
export const OLDEST_OFFLINE_DENO = "2.8.0";

/** Exits with code 1 when Deno is older than `oldest`, and says what to do. */
export function assertDeno(oldest: string): void {
  const problem = oldDenoProblem(Deno.version.deno, oldest);
  if (problem === undefined) return;
  console.error(problem);
  Deno.exit(1);
}

/**
 * Returns a message when `version` is older than `oldest`; otherwise `undefined`.
 */
export function oldDenoProblem(
  version: string,
  oldest: string,
): string | undefined {
  return isOlder(version, oldest)
    ? `Deno ${oldest} or newer is required, but this is ${version}: ` +
      "run `deno upgrade`"
    : undefined;
}

/** Returns whether a version, such as `2.5.0`, is older than another. */
export function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, "en", { numeric: true }) < 0;
}
