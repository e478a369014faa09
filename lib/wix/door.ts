/**
 * The one door to Wix: every request that this app sends to Wix passes here.
 *
 * @module
 */
import { wixErrorBody } from "./wix_error.ts";

/** What {@link createDoor} needs. */
export interface DoorOptions {
  /** Origin that answers instead of `*.wixapis.com`, such as local Wix. */
  readonly wixApiOrigin: string | undefined;
  /** Called once per answer, with the path without ids and milliseconds. */
  readonly onCall?: (call: WixCall) => void;
  /** Milliseconds until an answer must be complete. Default 8,000. */
  readonly timeoutMs?: number;
  /** Largest body that is accepted, in bytes. Default 10 MiB. */
  readonly maxBytes?: number;
  /** Sends requests; a parameter for tests. Default `globalThis.fetch`. */
  readonly fetch?: typeof fetch;
}

/** One finished call to Wix. */
export interface WixCall {
  readonly method: string;
  readonly pathname: string;
  readonly status: number;
  readonly milliseconds: number;
}

/** The hosts that the SDK talks to. A token goes nowhere else. */
const WIX_HOSTS = new Set(["www.wixapis.com", "edge.wixapis.com"]);

const DEFAULT_TIMEOUT_MS = 8_000;
const DEFAULT_MAX_BYTES = 10 * 1024 * 1024;

/**
 * Returns a `fetch` for Wix only.
 *
 * Its answers are complete (the body has arrived) or say so: a timeout is a
 * 504, no connection, an oversized body or a redirect a 503 or 502, each with
 * Wix's error JSON. They are answers and not exceptions, because the SDK
 * loses what an exception says (a `DOMException` even breaks it).
 *
 * @throws {TypeError} for a URL that is not Wix's, or whose path changes when
 * it is resolved: the SDK puts ids into paths as they are, so that an id such
 * as `../../members/v1/members/my` would call something else.
 */
export function createDoor(options: DoorOptions): typeof fetch {
  const {
    wixApiOrigin,
    onCall,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    maxBytes = DEFAULT_MAX_BYTES,
  } = options;

  return async (input, init) => {
    const url = wixUrl(input);
    const target = wixApiOrigin === undefined
      ? url
      : new URL(url.pathname + url.search, wixApiOrigin);
    const send = options.fetch ?? globalThis.fetch;
    const startedAt = performance.now();
    const answer = await complete(
      (signal) => send(target, { ...init, redirect: "manual", signal }),
      { timeoutMs, maxBytes, signal: init?.signal ?? undefined },
    );
    onCall?.({
      method: init?.method ?? "GET",
      pathname: url.pathname,
      status: answer.status,
      milliseconds: performance.now() - startedAt,
    });
    return answer;
  };
}

function wixUrl(input: RequestInfo | URL): URL {
  const text = input instanceof Request ? input.url : String(input);
  const url = new URL(text);
  if (url.protocol !== "https:" || !WIX_HOSTS.has(url.host)) {
    throw new TypeError("Cannot call Wix: the URL is not a Wix API's");
  }
  const sentPath = /^https:\/\/[^/]+([^?#]*)/.exec(text)?.[1] ?? "";
  if (url.pathname !== sentPath || url.pathname.includes("//")) {
    throw new TypeError("Cannot call Wix: an id contains characters of a path");
  }
  return url;
}

interface CompleteOptions {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal | undefined;
}

async function complete(
  send: (signal: AbortSignal) => Promise<Response>,
  { timeoutMs, maxBytes, signal }: CompleteOptions,
): Promise<Response> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  try {
    const response = await send(
      signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal,
    );
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      return failure(502, "WIX_REDIRECTED", "Wix answered with a redirect");
    }
    const body = await readBody(response, maxBytes);
    return body === undefined
      ? failure(502, "WIX_ANSWER_TOO_LARGE", "The answer of Wix is too large")
      : new Response(body.length > 0 ? body : null, response);
  } catch (error) {
    if (signal?.aborted) throw error;
    return timeout.signal.aborted
      ? failure(504, "WIX_TIMEOUT", "Wix did not answer in time")
      : failure(503, "WIX_UNREACHABLE", "Wix could not be reached");
  } finally {
    clearTimeout(timer);
  }
}

async function readBody(
  response: Response,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function failure(status: number, code: string, description: string): Response {
  return Response.json(wixErrorBody({ code, description }), { status });
}
