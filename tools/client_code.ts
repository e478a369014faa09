/**
 * Folders (with a slash at the end) and files of this project that may go to
 * browsers. Everything else may know secrets and tokens: a module of `lib/` that
 * is for both sides has to be named here.
 *
 * @module
 */

/** Paths from the project's folder. */
export const CLIENT_CODE: readonly string[] = [
  "assets/",
  "components/",
  "islands/",
  "client.ts",
  // The client of the stub for Fresh.
  "packages/offline/stubs/fresh_core/",
];
