import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";

/** Answers one request. */
export type ServeHandler = (request: Request) => Promise<Response>;

/** An HTTP server, listening nowhere yet, and the exchanges under way. */
export interface Serving {
  readonly server: Server;
  readonly exchanges: ReadonlySet<Promise<void>>;
}

/**
 * Serves requests with `handler`. A body that fails breaks the connection; if
 * it fails at once, not a byte of the answer is sent. `Deno.serve` sends the
 * headers first and can drop a connection in no other way, hence `node:http`.
 */
export function serve(handler: ServeHandler): Serving {
  const exchanges = new Set<Promise<void>>();
  const server = createServer((incoming, outgoing) => {
    const running = exchange(incoming, outgoing, handler)
      .catch(() => void outgoing.destroy())
      .finally(() => exchanges.delete(running));
    exchanges.add(running);
  });
  // A server that closes idle connections races with a client that reuses one.
  server.keepAliveTimeout = 0;
  return { server, exchanges };
}

async function exchange(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handler: ServeHandler,
): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    outgoing.on("close", () => resolve());
  });
  const response = await respond(incoming, handler);
  const body = response.body?.getReader();
  // An endless body would otherwise be read for a client that has left.
  gone.then(() => body?.cancel()).catch(() => {});
  let chunk = await body?.read();
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) {
    outgoing.appendHeader(name, value);
  }
  while (chunk?.value) {
    const { value } = chunk;
    const written = new Promise((resolve) => outgoing.write(value, resolve));
    await Promise.race([written, gone]);
    chunk = await body?.read();
  }
  outgoing.end();
  await gone;
}

async function respond(
  incoming: IncomingMessage,
  handler: ServeHandler,
): Promise<Response> {
  let request;
  try {
    request = await toRequest(incoming);
  } catch {
    return new Response("Not an HTTP request", { status: 400 });
  }
  return await handler(request).catch(() =>
    new Response("Internal Server Error", { status: 500 })
  );
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = "GET", url = "/", rawHeaders } = incoming;
  const headers = new Headers();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    headers.append(rawHeaders[i] ?? "", rawHeaders[i + 1] ?? "");
  }
  const chunks: Uint8Array<ArrayBuffer>[] = await Array.fromAsync(incoming);
  const body = method === "GET" || method === "HEAD" ? null : new Blob(chunks);
  const origin = `http://${headers.get("host") ?? "localhost"}`;
  return new Request(origin + url, { method, headers, body });
}
