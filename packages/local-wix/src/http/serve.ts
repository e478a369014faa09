import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { Buffer } from "node:buffer";
import type { HttpRequest } from "./http_request.ts";
import { TextResponse } from "./text_response.ts";

/** The answer to one request. */
export interface Answer {
  readonly response: Response;
  /** Sent besides the response's own. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers one request. */
export type ServeHandler = (request: HttpRequest) => Promise<Answer>;

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
  const answer = await respond(incoming, handler);
  const { response } = answer;
  if (response instanceof TextResponse) {
    sendHead(answer, outgoing);
    outgoing.end(response.wholeText);
  } else {
    await stream(answer, outgoing, gone);
  }
  await gone;
}

async function stream(
  answer: Answer,
  outgoing: ServerResponse,
  gone: Promise<void>,
): Promise<void> {
  const body = answer.response.body?.getReader();
  // An endless body would otherwise be read for a client that has left.
  gone.then(() => body?.cancel()).catch(() => {});
  let chunk = await body?.read();
  sendHead(answer, outgoing);
  while (chunk?.value) {
    const { value } = chunk;
    const written = new Promise((resolve) => outgoing.write(value, resolve));
    await Promise.race([written, gone]);
    chunk = await body?.read();
  }
  outgoing.end();
}

function sendHead({ response, headers }: Answer, to: ServerResponse): void {
  to.statusCode = response.status;
  if (response instanceof TextResponse) {
    const own = response.ownHeaders;
    for (const name in own) to.setHeader(name, own[name] ?? "");
  } else {
    for (const [name, value] of response.headers) to.appendHeader(name, value);
  }
  for (const name in headers) to.setHeader(name, headers[name] ?? "");
}

async function respond(
  incoming: IncomingMessage,
  handler: ServeHandler,
): Promise<Answer> {
  const { host = "localhost" } = incoming.headers;
  const url = URL.parse(`http://${host}${incoming.url}`);
  if (!url) return plain(400, "Not an HTTP request");
  return await handler(new NodeRequest(incoming, url)).catch(() =>
    plain(500, "Internal Server Error")
  );
}

function plain(status: number, text: string): Answer {
  return { response: new Response(text, { status }), headers: {} };
}

/** Making a whole `Request` would take longer than answering most of them. */
class NodeRequest implements HttpRequest {
  readonly #incoming: IncomingMessage;

  constructor(incoming: IncomingMessage, readonly url: URL) {
    this.#incoming = incoming;
  }

  get method(): string {
    return this.#incoming.method ?? "GET";
  }

  get headers(): HttpRequest["headers"] {
    return { get: (name) => this.#header(name) };
  }

  async text(): Promise<string> {
    const chunks: Uint8Array[] = await Array.fromAsync(this.#incoming);
    return Buffer.concat(chunks).toString();
  }

  #header(name: string): string | null {
    const value = this.#incoming.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(", ") : value ?? null;
  }
}
