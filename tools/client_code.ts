/**
 * Folders (with a trailing slash) and files that may be bundled for browsers. Other
 * code may use secrets and tokens. To use a module of `lib/` in islands, add it here.
 *
 * @module
 */

/** Paths relative to the project's folder. */
export const CLIENT_CODE: readonly string[] = [
  "assets/",
  "components/",
  "islands/",
  "lib/site.ts",
  "client.ts",
  // The client of the stub for Fresh.
  "packages/offline/stubs/fresh_core/",
];
