// Replaced by the Vite plugin; not there in unit tests.
declare const FRESH_BUILD_ID: string | undefined;

const ID = typeof FRESH_BUILD_ID === "string"
  ? FRESH_BUILD_ID
  : crypto.randomUUID();

/** Returns `path` with the build's id, so that it may be cached for a year. */
export function asset(path: string): string {
  if (!/^\/(?!\/)/.test(path) || path.includes("__frsh_c=")) return path;
  return path.replace(
    /(\?[^#]*)?(#.*)?$/s,
    (_, query, hash = "") =>
      `${query ? `${query}&` : "?"}__frsh_c=${ID}${hash}`,
  );
}

/** {@linkcode asset} for every URL of a `srcset`. */
export function assetSrcSet(srcset: string): string {
  if (srcset.includes("(")) return srcset;
  return srcset.replace(
    /(^\s*|,\s+)(\S+)/g,
    (_, before, url) => before + asset(url),
  );
}
