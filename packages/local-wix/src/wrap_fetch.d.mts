/**
 * `realFetch`, with requests to the hosts of Wix's APIs and media sent to local
 * Wix at `origin`. Those to any other host of Wix are rejected.
 *
 * @param origin Default: `http://127.0.0.1:4400`.
 */
export declare function wrapFetch(
  realFetch: typeof fetch,
  origin?: string,
): typeof fetch;
