/* @ts-self-types="./preload.d.mts" */

/**
 * Points a program's Wix SDK at local Wix, the program unchanged:
 *
 *     node --import @fresh-wix/local-wix/preload program.js
 *     deno run --preload jsr:@fresh-wix/local-wix/preload … program.ts
 *
 * `WIX_API_ORIGIN` says where local Wix is. Requests to the hosts of Wix's APIs
 * and media go there, those to any other host of Wix fail, so that nothing
 * reaches the real one, and all others go where they always went. On Node that
 * holds for the global `fetch` and for the package `undici`, as long as the
 * program sets no dispatcher of its own.
 *
 * @module
 */

import process from "node:process";
import { isReplaced, parseUrl, wrapFetch } from "./wrap_fetch.mjs";

const ORIGIN = readOrigin(process.env.WIX_API_ORIGIN);

// The first fetch of Node makes the dispatcher, which it shares with `undici`.
await fetch("data:,");
redirectDispatcher(globalThis[Symbol.for("undici.globalDispatcher.1")]);
globalThis.fetch = wrapFetch(fetch, ORIGIN);

function redirectDispatcher(dispatcher) {
  const dispatch = dispatcher?.dispatch;
  if (!dispatch) return;
  dispatcher.dispatch = function (options, handler) {
    const { origin } = options;
    const moved = isReplaced(parseUrl(origin)) ? { origin: ORIGIN } : {};
    return dispatch.call(this, { ...options, ...moved }, handler);
  };
}

function readOrigin(text) {
  if (!text) return "http://127.0.0.1:4400";
  const url = parseUrl(text);
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new TypeError(`Cannot use WIX_API_ORIGIN: "${text}" is no http URL`);
}
