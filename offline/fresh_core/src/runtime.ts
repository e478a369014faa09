import { unsupported } from "./unsupported.ts";

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
export function assetSrcSet(_srcset: string): never {
  return unsupported("assetSrcSet()");
}

/** Not supported. */
export function Head(_props: { children?: unknown }): never {
  return unsupported("<Head>");
}

/** Not supported. */
export function Partial(_props: { name: string; children?: unknown }): never {
  return unsupported("<Partial>");
}
