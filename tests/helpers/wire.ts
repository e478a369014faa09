/**
 * HTTP as bytes on a socket, for requests that `fetch()` would put right: two
 * Host headers, control characters in the target, lying lengths.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { getSetCookies } from "@std/http/cookie";

/** A request, sent exactly as it is written here. */
export interface WireRequest {
  /** Default `GET`. */
  readonly method?: string;
  /** Path and query, or an absolute URL. */
  readonly target: string;
  /** Lines such as `Origin: https://evil.example`, in order. */
  readonly headers?: readonly string[];
  /** Default the app's own. */
  readonly host?: string;
  /** Sent with its length, unless a header line speaks of a length. */
  readonly body?: string;
}

/** What came back. */
export interface WireResponse {
  /** 0 when the connection ended, or stayed silent, without a response. */
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Silence that is longer than this is no response. */
const PATIENCE_MS = 20_000;

/** Sends one request to the server at `origin`, and reads its response. */
export async function send(
  origin: string,
  request: WireRequest,
): Promise<WireResponse> {
  const { port, host } = new URL(origin);
  const connection = await Deno.connect({
    hostname: "127.0.0.1",
    port: Number(port),
  });
  const close = () => {
    try {
      connection.close();
    } catch {
      // Patience ended before the response did.
    }
  };
  const patience = setTimeout(close, PATIENCE_MS);
  try {
    const bytes = new TextEncoder().encode(compose(request, host));
    // A server that refuses a request may stop listening halfway through it.
    await writeAll(connection, bytes).catch(() => {});
    return await readResponse(connection, request.method === "HEAD");
  } finally {
    clearTimeout(patience);
    close();
  }
}

function compose(request: WireRequest, appHost: string): string {
  const { method = "GET", target, headers = [], host = appHost, body } =
    request;
  const lines = [`${method} ${target} HTTP/1.1`, `Host: ${host}`, ...headers];
  const names = new Set(
    headers.map((line) => line.split(":")[0]?.toLowerCase()),
  );
  if (!names.has("connection")) lines.push("Connection: close");
  const isMeasured = names.has("content-length") ||
    names.has("transfer-encoding");
  if (body !== undefined && !isMeasured) {
    lines.push(`Content-Length: ${new TextEncoder().encode(body).length}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n${body ?? ""}`;
}

async function writeAll(
  connection: Deno.Conn,
  bytes: Uint8Array,
): Promise<void> {
  for (let sent = 0; sent < bytes.length;) {
    sent += await connection.write(bytes.subarray(sent));
  }
}

async function readResponse(
  connection: Deno.Conn,
  isBodiless: boolean,
): Promise<WireResponse> {
  let text = "";
  const buffer = new Uint8Array(65_536);
  while (!isComplete(text, isBodiless)) {
    const read = await connection.read(buffer).catch(() => null);
    if (read === null) break;
    text += Buffer.from(buffer.subarray(0, read)).toString("latin1");
  }
  return parseResponse(text);
}

/** Whether a connection that stays open has said all it will say. */
function isComplete(text: string, isBodiless: boolean): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  if (isBodiless) return true;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1];
  return length !== undefined && text.length >= end + 4 + Number(length);
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
  /** Does what a response's `Set-Cookie` lines say, as a browser would. */
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

/** Sends a request with the jar's cookies, and keeps what the response sets. */
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
