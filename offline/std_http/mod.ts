/**
 * Offline stand-in of `@std/http`: see `offline/README.md`.
 *
 * @module
 */

export * from "./cookie.ts";
export * from "./status.ts";
