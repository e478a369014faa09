import { leftOut } from "./src/unsupported.ts";

export { HttpError } from "./src/http_error.ts";

// Replaced by the Vite plugin; not there in unit tests.
declare const FRESH_BUILD_ID: string | undefined;

/** Whether this runs in a browser. */
export const IS_BROWSER = typeof document !== "undefined";

/** Returns `path` with the build's id, so that it may be cached for good. */
export function asset(path: string): string {
  const id = typeof FRESH_BUILD_ID === "string" ? FRESH_BUILD_ID : "";
  if (!id || !/^\/(?!\/)/.test(path) || path.includes("__frsh_c=")) return path;
  const [, file = "", query = "", hash = ""] =
    /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(path) ?? [];
  return `${file}${query ? `${query}&` : "?"}__frsh_c=${id}${hash}`;
}

/** Not supported. */
export const assetSrcSet = leftOut("assetSrcSet()");
/** Not supported. */
export const Head = leftOut("<Head>");
/** Not supported. */
export const Partial = leftOut("<Partial>");
