/**
 * The oldest Deno that the tasks run on. This file has to run on older ones,
 * too: it imports nothing.
 *
 * @module
 */

/** For everything but the type check. Found by trying; README.md names it. */
export const OLDEST_DENO = "2.6.0";

/** For the type check: the types of an older one do not fit ours. */
export const OLDEST_CHECKING_DENO = "2.9.0";

/**
 * Returns what to do about a Deno that is older than `oldest`; `undefined` when
 * `version` is new enough.
 */
export function oldDenoProblem(
  version: string,
  oldest: string = OLDEST_DENO,
): string | undefined {
  return isOlder(version, oldest)
    ? `This needs Deno ${oldest} or newer, and this is ${version}: ` +
      "run `deno upgrade`"
    : undefined;
}

/** Returns whether a version, such as `2.5.0`, is older than another. */
export function isOlder(version: string, than: string): boolean {
  const [mine, other] = [version, than].map((text) =>
    text.split(".").map((part) => parseInt(part, 10))
  );
  for (const index of [0, 1, 2]) {
    const difference = (mine?.[index] ?? 0) - (other?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
