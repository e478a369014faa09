/**
 * Answers of Wix that are whole, or say what is wrong with them.
 *
 * @module
 */
import { redactTokens } from "../errors/redact.ts";
import { limitTime } from "./time_limit.ts";
import { wixErrorBody } from "./wix_error.ts";

/** Limits of one answer. */
export interface AnswerLimits {
  /** Milliseconds until the answer must be complete. */
  readonly timeoutMs: number;
  /** Largest body that is accepted, in bytes after decoding. */
  readonly maxBytes: number;
  /** Of the caller; its abort is the only thing that is thrown. */
  readonly signal: AbortSignal | undefined;
}

/** An answer, and whether asking again may give a better one. */
export interface CompleteAnswer {
  readonly response: Response;
  readonly passing: boolean;
}

/** Statuses of troubles that tend to pass. */
const PASSING_STATUSES = new Set([500, 502, 503]);

/**
 * Returns the answer to `send` with its whole body, without tokens when it is
 * an error. A timeout turns into a 504, no connection into a 503, an oversized
 * body or a redirect into a 502, each with Wix's error JSON: the SDK loses what
 * an exception says, and a `DOMException` even breaks it.
 */
export async function completeAnswer(
  send: (signal: AbortSignal) => Promise<Response>,
  { timeoutMs, maxBytes, signal }: AnswerLimits,
): Promise<CompleteAnswer> {
  const limit = limitTime(timeoutMs);
  try {
    const response = await send(
      signal ? AbortSignal.any([signal, limit.signal]) : limit.signal,
    );
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      return {
        response: failedAnswer(502, "WIX_REDIRECTED", "Wix sent a redirect"),
        passing: false,
      };
    }
    const body = await readBody(response, maxBytes);
    if (body === undefined) {
      return {
        response: failedAnswer(502, "WIX_ANSWER_TOO_LARGE", "It is too large"),
        passing: false,
      };
    }
    return {
      response: new WholeAnswer(
        response,
        response.ok ? body : withoutTokens(body),
      ),
      passing: PASSING_STATUSES.has(response.status),
    };
  } catch (error) {
    if (signal?.aborted) throw error;
    return limit.signal.aborted
      ? {
        response: failedAnswer(504, "WIX_TIMEOUT", "No answer in time"),
        passing: false,
      }
      : {
        response: failedAnswer(
          503,
          "WIX_UNREACHABLE",
          `No connection: ${networkTrouble(error)}`,
        ),
        passing: true,
      };
  } finally {
    limit.clear();
  }
}

/** Returns an answer in the form of Wix's errors, made here. */
export function failedAnswer(
  status: number,
  code: string,
  description: string,
): Response {
  return Response.json(wixErrorBody({ code, description }), { status });
}

/** Texts of others are kept short. */
const MAX_TROUBLE_LENGTH = 200;

/** What a {@link WholeAnswer} takes over. */
type Head = Pick<Response, "ok" | "status" | "statusText" | "headers">;

/**
 * An answer of Wix with a body that is here already. Status and headers are kept
 * beside `Response`: one that is given them Deno prepares for sending to a
 * browser, with a copy of the body, which takes half a millisecond for a page of
 * orders; and copying headers costs more than all else that is done to an
 * answer. It must never be sent to a browser itself: `mutableResponse()` copies
 * it, because headers of `fetch()` cannot be changed.
 */
class WholeAnswer extends Response {
  readonly #head: Head;
  readonly #body: string | Uint8Array<ArrayBuffer>;

  constructor(
    { ok, status, statusText, headers }: Head,
    body: string | Uint8Array<ArrayBuffer>,
  ) {
    super(body.length > 0 ? body : null);
    this.#head = { ok, status, statusText, headers };
    this.#body = body;
  }

  override get status(): number {
    return this.#head.status;
  }

  override get statusText(): string {
    return this.#head.statusText;
  }

  override get ok(): boolean {
    return this.#head.ok;
  }

  override get headers(): Headers {
    return this.#head.headers;
  }

  override clone(): Response {
    return this.bodyUsed ? super.clone() : new WholeAnswer(this, this.#body);
  }
}

/**
 * What Wix says in an error becomes the message of an exception, which traces
 * record before our error boundary sees it, and may repeat what it was sent.
 * Tokens are of no use to anybody there. Everything else is left as it is: a
 * route may show next to a field which address is taken.
 */
function withoutTokens(body: string | Uint8Array<ArrayBuffer>): string {
  return redactTokens(
    typeof body === "string" ? body : new TextDecoder().decode(body),
  );
}

/**
 * Returns what the network did, such as `client error (Connect): tcp connect
 * error: Connection refused`, without the address: its query is not for logs.
 */
function networkTrouble(error: unknown): string {
  let message = String(error);
  for (let at = error; at instanceof Error; at = at.cause) message = at.message;
  const [trouble] = /client error \(.*/s.exec(message) ?? [message];
  return redactTokens(trouble.replaceAll(/https?:\/\/\S+/g, "…"))
    .slice(0, MAX_TROUBLE_LENGTH);
}

/**
 * Returns the body, `undefined` when it is larger than that. JSON of a length
 * that is told is read as text, so that it is decoded once and not copied.
 */
function readBody(
  response: Response,
  maxBytes: number,
): Promise<string | Uint8Array<ArrayBuffer> | undefined> {
  // Much cheaper than to count, where an answer says how long it is.
  if (lengthOf(response) <= maxBytes) {
    return isJson(response) ? response.text() : response.bytes();
  }
  // Also what tells two lengths, which is no number.
  return countBody(response, maxBytes);
}

async function countBody(
  { body }: Response,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return joined(chunks, length);
}

/**
 * Bytes of the body, infinite when the answer does not say: `Content-Length` is
 * that of what is sent, and it may be compressed (RFC 9110 §8.6).
 */
function lengthOf({ headers }: Response): number {
  const length = headers.get("content-length");
  return length === null || headers.has("content-encoding")
    ? Infinity
    : Number(length);
}

function isJson({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("application/json") === true;
}

function joined(
  chunks: readonly Uint8Array<ArrayBuffer>[],
  length: number,
): Uint8Array<ArrayBuffer> {
  const [only, more] = chunks;
  if (only !== undefined && more === undefined) return only;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
