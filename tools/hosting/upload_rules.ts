/**
 * The files that `wix release` silently omits from an upload. Read in
 * `@wix/cli` 1.1.247.
 *
 * @module
 */

/** Names that are left out at every depth, with all below them. */
const LEFT_OUT = /^(?:\.|build|dist|coverage|node_modules)|\.(?:log|lock)$/;

/** More names that are left out at every depth. */
const LEFT_OUT_NAMES = [
  "package-lock.json",
  "package.json",
  "pnpm-lock.yaml",
  "venv",
  "wix.config.json",
];

/** Returns whether `wix release` uploads a file. @param path From the output folder. */
export function isUploaded(path: string): boolean {
  return path.split("/").every((name) =>
    !LEFT_OUT.test(name) && !LEFT_OUT_NAMES.includes(name)
  );
}
