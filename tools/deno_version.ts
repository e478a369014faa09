/**
 * The oldest Deno that the tasks run on. This file has to run on older ones,
 * too: it imports nothing.
 *
 * @module
 */

/** For what a user needs. Found by trying; README.md names it. */
export const OLDEST_DENO = "2.6.0";

/** For type checks: the libraries of an older one have other types. */
export const OLDEST_CHECKING_DENO = "2.9.0";

/** Where jsr.io is out of reach: the stubs call `deno transpile`. */
export const OLDEST_OFFLINE_DENO = "2.8.0";

/** Ends the program, and says what to do, when Deno is older than `oldest`. */
export function assertDeno(oldest: string): void {
  const problem = oldDenoProblem(Deno.version.deno, oldest);
  if (problem === undefined) return;
  console.error(problem);
  Deno.exit(1);
}

/**
 * Returns what to do about a Deno that is older than `oldest`; `undefined` when
 * `version` is new enough.
 */
export function oldDenoProblem(
  version: string,
  oldest: string,
): string | undefined {
  return isOlder(version, oldest)
    ? `This needs Deno ${oldest} or newer, and this is ${version}: ` +
      "run `deno upgrade`"
    : undefined;
}

/** Returns whether a version, such as `2.5.0`, is older than another. */
export function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, "en", { numeric: true }) < 0;
}
