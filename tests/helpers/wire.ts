/**
 * Sends raw HTTP over a socket, for requests that `fetch()` would normalize: two
 * Host headers, control characters in the target, wrong lengths.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { getSetCookies } from "@std/http/cookie";

/** A request, sent unchanged. */
export interface WireRequest {
  /** Default `GET`. */
  readonly method?: string;
  /** Path and query, or an absolute URL. */
  readonly target: string;
  /** Lines such as `Origin: https://evil.example`, in order. */
  readonly headers?: readonly string[];
  /** Default: the app's host. */
  readonly host?: string;
  /** Sent with `Content-Length`, unless `headers` sets a length. */
  readonly body?: string;
}

/** A response. */
export interface WireResponse {
  /** 0 when the connection was closed or timed out without a response. */
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Timeout for a response. */
const PATIENCE_MS = 20_000;

/** Sends one request to the server at `origin`, and reads its response. */
export async function send(
  origin: string,
  request: WireRequest,
): Promise<WireResponse> {
  const { port, host } = new URL(origin);
  using connection = await Deno.connect({ port: Number(port) });
  const patience = setTimeout(() => connection.close(), PATIENCE_MS);
  let rest = Buffer.from(compose(request, host));
  let text = "";
  try {
    // A server may close the connection before it has read the request.
    while (rest.length > 0) rest = rest.subarray(await connection.write(rest));
  } catch { /* It has said why. */ }
  try {
    for await (const bytes of connection.readable) {
      text += Buffer.from(bytes).toString("latin1");
      if (isComplete(text)) break;
    }
  } catch { /* The response ends here. */ }
  clearTimeout(patience);
  return parseResponse(text);
}

/** Whether a response is complete while the server waits for more of the request. */
function isComplete(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  const head = text.slice(0, Math.max(end, 0));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  return length !== undefined && text.length >= end + 4 + Number(length);
}

function compose(request: WireRequest, appHost: string): string {
  const { method = "GET", target, headers = [], host = appHost, body } =
    request;
  const lines = [`${method} ${target} HTTP/1.1`, `Host: ${host}`, ...headers];
  const isMeasured = /^(?:content-length|transfer-encoding)\b/im
    .test(headers.join("\n"));
  if (body !== undefined && !isMeasured) {
    lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  }
  return `${lines.join("\r\n")}\r\nConnection: close\r\n\r\n${body ?? ""}`;
}

function parseResponse(text: string): WireResponse {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, Math.max(end, 0)).split("\r\n");
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? 0);
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const raw = end < 0 ? "" : text.slice(end + 4);
  const isChunked = headers.get("transfer-encoding") === "chunked";
  const bytes = Buffer.from(isChunked ? joinChunks(raw) : raw, "latin1");
  return { status, headers, body: bytes.toString("utf8") };
}

function joinChunks(raw: string): string {
  let body = "";
  for (let at = 0; at < raw.length;) {
    const line = raw.indexOf("\r\n", at);
    const size = Number.parseInt(raw.slice(at, line), 16);
    if (line < 0 || !(size > 0)) break;
    body += raw.slice(line + 2, line + 2 + size);
    at = line + 2 + size + 2;
  }
  return body;
}

/** The cookies of one browser for one host. */
export class WireJar extends Map<string, string> {
  /** Applies the `Set-Cookie` headers of a response. */
  keep({ headers }: Pick<WireResponse, "headers">): void {
    for (const { name, value, maxAge, expires } of getSetCookies(headers)) {
      const isOver = maxAge === 0 ||
        expires !== undefined && Number(expires) <= Date.now();
      if (isOver) this.delete(name);
      else this.set(name, value);
    }
  }

  /** The value of the `Cookie` header. */
  header(): string {
    return [...this].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}

/** Sends a request with the jar's cookies, and stores those of the response. */
export async function sendWith(
  jar: WireJar,
  origin: string,
  request: WireRequest,
): Promise<WireResponse> {
  const headers = [...request.headers ?? []];
  if (jar.size > 0) headers.push(`Cookie: ${jar.header()}`);
  const response = await send(origin, { ...request, headers });
  jar.keep(response);
  return response;
}
