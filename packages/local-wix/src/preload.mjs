/* @ts-self-types="./preload.d.mts" */

/**
 * Points a program's Wix SDK at local Wix, the program unchanged:
 *
 *     node --import @fresh-wix/local-wix/preload program.js
 *     deno run --preload jsr:@fresh-wix/local-wix/preload … program.ts
 *
 * `WIX_API_ORIGIN` says where local Wix is. Requests to the hosts of Wix's APIs
 * and media go there, those to any other host of Wix fail, so that nothing
 * reaches the real one, and all others go where they always went. The published
 * packages know no way to Wix but the global `fetch`, so that is all there is
 * to change.
 *
 * @module
 */

import process from "node:process";

const HOSTS = ["www.wixapis.com", "edge.wixapis.com", "static.wixstatic.com"];
const WIX = /(?:^|\.)(?:wix|wixapis|wixstatic|wixsite|parastorage)\.com\.?$/;
const ORIGIN = readOrigin(process.env.WIX_API_ORIGIN);
const realFetch = globalThis.fetch;

globalThis.fetch = function fetch(input, init) {
  const isRequest = input instanceof Request;
  const url = parseUrl(isRequest ? input.url : String(input));
  if (!url || !WIX.test(url.hostname)) return realFetch(input, init);
  if (!HOSTS.includes(url.host)) {
    const text = `Cannot fetch ${url.origin}: local Wix does not replace it`;
    return Promise.reject(new TypeError(text));
  }
  const target = ORIGIN + url.pathname + url.search;
  return realFetch(isRequest ? new Request(target, input) : target, init);
};

function readOrigin(text) {
  if (!text) return "http://127.0.0.1:4400";
  const url = parseUrl(text);
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new TypeError(`Cannot use WIX_API_ORIGIN: "${text}" is no http URL`);
}

function parseUrl(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
