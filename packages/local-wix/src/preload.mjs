/* @ts-self-types="./preload.d.mts" */

/**
 * Directs a program's Wix SDK to local Wix, without changes to the program:
 *
 *     node --import @fresh-wix/local-wix/preload program.js
 *     deno run --preload jsr:@fresh-wix/local-wix/preload … program.ts
 *
 * `WIX_API_ORIGIN` is the origin of local Wix. Requests to the hosts of Wix's
 * APIs and media are sent there, those to any other Wix host fail, so that
 * nothing reaches the real Wix, and all others are unchanged. This covers the
 * global `fetch` and, on Node, everything else that sends HTTPS: `undici`,
 * `node:https`, and edge runtimes inside the process, such as Next's.
 *
 * @module
 */

import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import process from "node:process";
import tls from "node:tls";
import { isReplaced, parseUrl, wrapFetch } from "./wrap_fetch.mjs";

const ORIGIN = readOrigin(process.env.WIX_API_ORIGIN);

globalThis.fetch = wrapFetch(fetch, ORIGIN);
redirectConnections(new URL(ORIGIN));

function redirectConnections({ protocol, hostname, port }) {
  const connectTls = tls.connect;
  tls.connect = function (options, ...rest) {
    const name = options?.servername || options?.host;
    if (!isReplaced(parseUrl(`https://${name}`))) {
      return connectTls.call(this, options, ...rest);
    }
    const host = hostname.replace(/^\[|\]$/g, "");
    if (protocol === "https:") {
      const target = { host, port: port || 443, servername: hostname };
      return connectTls.call(this, { ...options, ...target }, ...rest);
    }
    const socket = net.connect({ host, port: port || 80 });
    // The program waits for its handshake.
    socket.once("connect", () => socket.emit("secureConnect"));
    return socket;
  };
  syncBuiltinESMExports();
}

function readOrigin(text) {
  if (!text) return "http://127.0.0.1:4400";
  const url = parseUrl(text);
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new TypeError(
    `Cannot use WIX_API_ORIGIN: "${text}" is not an http URL`,
  );
}
