/* @ts-self-types="./wrap_fetch.d.mts" */

/**
 * A `fetch` that calls local Wix, for runtimes where nothing can be preloaded:
 * edge runtimes and browsers.
 *
 *     globalThis.fetch = wrapFetch(fetch, "http://127.0.0.1:4400");
 *
 * @module
 */

const HOSTS = ["www.wixapis.com", "edge.wixapis.com", "static.wixstatic.com"];
const WIX = /(?:^|\.)(?:wix|wixapis|wixstatic|wixsite|parastorage)\.com\.?$/;

/**
 * `realFetch`, with requests to the hosts of Wix's APIs and media sent to local
 * Wix at `origin`. Those to any other host of Wix are rejected.
 */
export function wrapFetch(realFetch, origin = "http://127.0.0.1:4400") {
  return async (input, init) => {
    const isRequest = input instanceof Request;
    const url = parseUrl(isRequest ? input.url : input);
    if (!isReplaced(url)) return await realFetch(input, init);
    const target = origin + url.pathname + url.search;
    const moved = isRequest ? new Request(target, input) : target;
    return await realFetch(moved, init);
  };
}

/** Whether local Wix replaces the host of `url`; throws for another one of Wix. */
export function isReplaced(url) {
  if (!url || !WIX.test(url.hostname)) return false;
  if (HOSTS.includes(url.host)) return true;
  throw new TypeError(
    `Cannot fetch ${url.origin}: local Wix does not replace it`,
  );
}

/** `text` as a URL, or null. */
export function parseUrl(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
