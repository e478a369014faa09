/**
 * An HTTP or HTTPS server over `node:http`, which runs on Deno and on Node. `Deno.serve`
 * sends the headers before the body has begun and cannot drop a connection,
 * which the faults need.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import {
  createServer as createTlsServer,
  type Server as TlsServer,
} from "node:https";
import {
  createServer as createSocketServer,
  type Server as Socket,
} from "node:net";
import { arrayBuffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { TLSSocket } from "node:tls";
import { parseUrl } from "./origins.ts";

const PORTS_TO_TRY = 100;
const GRACE_MILLISECONDS = 200;

/** A response whose body is sent as it comes; others are read first. */
export class StreamedResponse extends Response {}

/** Where to listen; port 0 means any free one. */
export interface Address {
  readonly hostname: string;
  readonly port: number;
  /** Certificate and key, for HTTPS instead of HTTP. */
  readonly pem?: string | undefined;
}

/** A server that accepts requests. */
export interface Listening {
  readonly port: number;
  /** Resolves once the last connection has ended. */
  readonly finished: Promise<void>;
  /** Closes the connections that carry no request. */
  dropIdleConnections(): void;
  /** Frees the port, and cuts responses that are not finished shortly after. */
  close(): Promise<void>;
}

/**
 * Serves on the first free port, counting up from `port`. A body that fails
 * breaks the connection; if it fails at once, not a byte is sent.
 */
export async function listen(
  address: Address,
  handler: (request: Request) => Promise<Response>,
): Promise<Listening> {
  const exchanges = new Set<Promise<void>>();
  const respond = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const running = exchange(incoming, outgoing, handler)
      .catch(() => void outgoing.destroy())
      .finally(() => exchanges.delete(running));
    exchanges.add(running);
  };
  const { pem } = address;
  const server = pem === undefined
    ? createServer(respond)
    : createTlsServer({ key: pem, cert: pem }, respond);
  // A server that closes idle connections races with a client that reuses one.
  server.keepAliveTimeout = 0;
  const port = await bindFirstFree(server, address);
  const finished = once(server, "close").then(() => {});
  return {
    port,
    finished,
    dropIdleConnections: () => server.closeIdleConnections(),
    async close() {
      server.close();
      const done = new AbortController();
      const all = Promise.all(exchanges).then(() => done.abort());
      await wait(GRACE_MILLISECONDS, done.signal);
      server.closeAllConnections();
      await all;
      await finished;
    },
  };
}

async function exchange(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handler: (request: Request) => Promise<Response>,
): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    outgoing.on("close", () => resolve());
  });
  const request = await requestOf(incoming);
  const response = request
    ? await handler(request).catch(() =>
      new Response("Internal Server Error", { status: 500 })
    )
    : new Response("Not an HTTP request", { status: 400 });
  if (response instanceof StreamedResponse) {
    await stream(response, outgoing, gone);
  } else {
    const body = await response.arrayBuffer();
    writeHead(response, outgoing);
    outgoing.end(Buffer.from(body));
  }
  await gone;
}

async function stream(
  response: StreamedResponse,
  outgoing: ServerResponse,
  gone: Promise<void>,
): Promise<void> {
  const body = response.body?.getReader();
  // An endless body would otherwise be read for a client that has left.
  gone.then(() => body?.cancel()).catch(() => {});
  let chunk = await body?.read();
  writeHead(response, outgoing);
  while (chunk?.value) {
    const { value } = chunk;
    const written = new Promise((resolve) => outgoing.write(value, resolve));
    await Promise.race([written, gone]);
    chunk = await body?.read();
  }
  outgoing.end();
}

function writeHead({ status, headers }: Response, to: ServerResponse): void {
  to.statusCode = status;
  for (const [name, value] of headers) to.appendHeader(name, value);
}

async function requestOf(incoming: IncomingMessage): Promise<Request | null> {
  const { headers: { host = "localhost" }, method = "GET" } = incoming;
  const scheme = incoming.socket instanceof TLSSocket ? "https" : "http";
  const url = parseUrl(`${scheme}://${host}${incoming.url}`);
  if (!url) return null;
  const headers = incoming.headers as Record<string, string>;
  if (method === "GET" || method === "HEAD") {
    return new Request(url, { method, headers });
  }
  return new Request(url, {
    method,
    headers,
    body: await arrayBuffer(incoming),
  });
}

async function bindFirstFree(
  server: Server | TlsServer,
  { hostname, port }: Address,
): Promise<number> {
  const last = port === 0 ? 0 : Math.min(port + PORTS_TO_TRY - 1, 65_535);
  for (let candidate = port;; candidate++) {
    try {
      if (port > 0 && hostname === "127.0.0.1") {
        await assertFreeOnIpv6(candidate);
      }
      await bind(server, { hostname, port: candidate });
      break;
    } catch (error) {
      if (!isTaken(error) || candidate >= last) throw error;
    }
  }
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
}

/** A browser that resolves `localhost` to `::1` must not meet another server. */
async function assertFreeOnIpv6(port: number): Promise<void> {
  const probe = createSocketServer();
  try {
    await bind(probe, { hostname: "::1", port });
  } catch (error) {
    // Any other error: this machine has no ::1, and nothing can be taken there.
    if (isTaken(error)) throw error;
    return;
  }
  probe.close();
  await once(probe, "close");
}

async function bind(
  server: Socket,
  { hostname, port }: Address,
): Promise<void> {
  server.listen(port, hostname);
  await once(server, "listening");
}

function isTaken(error: unknown): boolean {
  return Object(error).code === "EADDRINUSE";
}

/** Resolves after `milliseconds`, or as soon as `signal` is aborted. */
export async function wait(
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => {});
}
