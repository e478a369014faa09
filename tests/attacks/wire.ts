/**
 * HTTP as bytes on a socket, for requests that `fetch()` would put right: two
 * Host headers, control characters in the target, lying lengths.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { getSetCookies } from "@std/http/cookie";

/** Header lines in order; a name may be given more than once. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** A request, sent exactly as it is written here. */
export interface WireRequest {
  /** Default `GET`. */
  readonly method?: string;
  /** The request target: path and query, or an absolute URL. */
  readonly target: string;
  readonly headers?: HeaderLines;
  /** Default the app's own; `null` sends no Host header. */
  readonly host?: string | null;
  /** Sent with its length, unless a header line speaks of a length. */
  readonly body?: string;
}

/** What came back. */
export interface WireAnswer {
  /** 0 when the connection ended, or stayed silent, without an answer. */
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Silence that is longer than this is no answer. */
const PATIENCE_MS = 20_000;

/** Sends one request to the server at `origin`, and reads its answer. */
export async function send(
  origin: string,
  request: WireRequest,
): Promise<WireAnswer> {
  const { port, host } = new URL(origin);
  const bytes = new TextEncoder().encode(compose(request, host));
  const connection = await Deno.connect({
    hostname: "127.0.0.1",
    port: Number(port),
  });
  const close = () => {
    try {
      connection.close();
    } catch {
      // Patience ended before the answer did.
    }
  };
  const patience = setTimeout(close, PATIENCE_MS);
  try {
    // A server that refuses a request may stop listening halfway through it.
    await writeAll(connection, bytes).catch(() => {});
    return await readAnswer(connection, request.method === "HEAD");
  } finally {
    clearTimeout(patience);
    close();
  }
}

function compose(request: WireRequest, appHost: string): string {
  const { method = "GET", target, headers = [], host = appHost, body } =
    request;
  const named = new Set(headers.map(([name]) => name.toLowerCase()));
  const lines = [`${method} ${target} HTTP/1.1`];
  if (host !== null) lines.push(`Host: ${host}`);
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  if (!named.has("connection")) lines.push("Connection: close");
  const measured = named.has("content-length") ||
    named.has("transfer-encoding");
  if (body !== undefined && !measured) {
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

async function readAnswer(
  connection: Deno.Conn,
  bodiless: boolean,
): Promise<WireAnswer> {
  let text = "";
  const buffer = new Uint8Array(65_536);
  while (!isComplete(text, bodiless)) {
    const read = await connection.read(buffer).catch(() => null);
    if (read === null) break;
    text += Buffer.from(buffer.subarray(0, read)).toString("latin1");
  }
  return parseAnswer(text);
}

/** Whether a connection that stays open has said all it will say. */
function isComplete(text: string, bodiless: boolean): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  if (bodiless) return true;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1];
  return length !== undefined && text.length >= end + 4 + Number(length);
}

function parseAnswer(text: string): WireAnswer {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, Math.max(end, 0)).split("\r\n");
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? 0);
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const raw = end < 0 ? "" : text.slice(end + 4);
  const chunked = headers.get("transfer-encoding") === "chunked";
  const bytes = Buffer.from(chunked ? unchunk(raw) : raw, "latin1");
  return { status, headers, body: bytes.toString("utf8") };
}

function unchunk(raw: string): string {
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
export class WireJar {
  readonly #cookies: Map<string, string>;

  constructor(cookies: Iterable<readonly [string, string]> = []) {
    this.#cookies = new Map(cookies);
  }

  /** Returns a jar of its own with the same cookies. */
  copy(): WireJar {
    return new WireJar(this.#cookies);
  }

  /** Does what the answer's `Set-Cookie` lines ask for, as a browser would. */
  keep({ headers }: Pick<WireAnswer, "headers">): void {
    for (const { name, value, maxAge, expires } of getSetCookies(headers)) {
      const ended = maxAge === 0 ||
        expires !== undefined && Number(expires) <= Date.now();
      if (ended) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }

  /** Names of the cookies. */
  names(): string[] {
    return [...this.#cookies.keys()];
  }

  /** Returns a cookie's value. */
  get(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  /** Puts a cookie there. */
  set(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  /** The value of the `Cookie` header. */
  header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`)
      .join("; ");
  }

  /** Header lines: the `Cookie` line, or none when there is no cookie. */
  lines(): HeaderLines {
    return this.#cookies.size === 0 ? [] : [["Cookie", this.header()]];
  }
}

/** Sends a request with the jar's cookies, and keeps what the answer sets. */
export async function sendWith(
  jar: WireJar,
  origin: string,
  request: WireRequest,
): Promise<WireAnswer> {
  const headers = [...request.headers ?? [], ...jar.lines()];
  const answer = await send(origin, { ...request, headers });
  jar.keep(answer);
  return answer;
}
