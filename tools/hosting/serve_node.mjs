/**
 * Serves `_wix/` on Node 20.11 or newer, at HOST and PORT; the settings come from the
 * environment. An argument names another folder.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";

const { HOST = "127.0.0.1", PORT = "8000" } = process.env;
const [folder = `${import.meta.dirname}/../../_wix`] = process.argv.slice(2);

await addMissing();
const { default: worker } = await import(
  pathToFileURL(`${folder}/server/index.mjs`).href
);
const ASSETS = {
  fetch: async ({ pathname }) =>
    new Response(await readFile(`${folder}/client${decodeURI(pathname)}`)),
};
const env = { ...process.env, ASSETS };

// Loads the app, which logs missing and invalid settings.
const probe = await worker.fetch(new Request("http://localhost/healthz"), env);
if (probe.status === 500) process.exit(1);

const server = createServer(async (incoming, outgoing) => {
  try {
    const response = await worker.fetch(toRequest(incoming, outgoing), env);
    outgoing.writeHead(response.status, [...response.headers].flat());
    if (response.body === null) outgoing.end();
    else await pipeline(Readable.fromWeb(response.body), outgoing);
  } catch (error) {
    // Such as a method that no `Request` can have, or a client that has left.
    if (!outgoing.headersSent) outgoing.writeHead(400);
    outgoing.end();
    if (!(error instanceof TypeError)) console.error(error.message);
  }
}).listen(Number(PORT), HOST);

// Finishes open requests, then exits.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => server.close());
}

function toRequest(incoming, outgoing) {
  const { method, url, rawHeaders } = incoming;
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    headers.append(rawHeaders[at], rawHeaders[at + 1]);
  }
  const left = new AbortController();
  outgoing.once("close", () => outgoing.writableFinished || left.abort());
  const hasBody = method !== "GET" && method !== "HEAD";
  // Two slashes would begin with another host.
  const path = url.replace(/^[/\\]+/, "/");
  return new Request(new URL(path, `http://${headers.get("host")}`), {
    method,
    headers,
    signal: left.signal,
    ...(hasBody && { body: Readable.toWeb(incoming), duplex: "half" }),
  });
}

/** Adds what the server uses and this version of Node doesn't have. */
async function addMissing() {
  globalThis.URLPattern ??= (await import("urlpattern-polyfill")).URLPattern;
  Promise.withResolvers ??= () => {
    const made = {};
    made.promise = new Promise((resolve, reject) =>
      Object.assign(made, { resolve, reject })
    );
    return made;
  };
  Promise.try ??= async (work, ...args) => await work(...args);
  Uint8Array.prototype.toBase64 ??= function ({ alphabet = "base64" } = {}) {
    return Buffer.from(this).toString(alphabet);
  };
  Uint8Array.fromBase64 ??= (text, { alphabet = "base64" } = {}) =>
    new Uint8Array(Buffer.from(text, alphabet));
}
