/**
 * Offline stand-in of `fresh/runtime`.
 *
 * @module
 */

export { HttpError } from "./src/http_error.ts";
export * from "./src/runtime.ts";
