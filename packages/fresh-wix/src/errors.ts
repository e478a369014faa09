/**
 * Errors of calls to Wix. Islands may import this module too.
 *
 * @module
 */
export { toWixError, WixError, type WixFailure } from "./wix/wix_error.ts";
