// Runs the worker of `deno task build --target wix` on Node:
// `node node_host.mjs <folder> <port>`.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { Readable } from "node:stream";

const [folder, port] = process.argv.slice(2);
const worker = (await import(`${folder}server/index.mjs`)).default;
const ASSETS = {
  fetch: async ({ pathname }) =>
    new Response(await readFile(`${folder}client${pathname}`)),
};
const env = { ...process.env, ASSETS };

createServer(async (incoming, outgoing) => {
  const { method, url, rawHeaders } = incoming;
  const headers = new Headers();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    headers.append(rawHeaders[i], rawHeaders[i + 1]);
  }
  const hasBody = method !== "GET" && method !== "HEAD";
  const request = new Request(`http://${headers.get("host")}${url}`, {
    method,
    headers,
    ...(hasBody && { body: Readable.toWeb(incoming), duplex: "half" }),
  });
  const response = await worker.fetch(request, env);
  outgoing.writeHead(response.status, [...response.headers].flat());
  if (response.body) Readable.fromWeb(response.body).pipe(outgoing);
  else outgoing.end();
}).listen(Number(port), "127.0.0.1");
