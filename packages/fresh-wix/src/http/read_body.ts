// Bodies of requests and responses, within limits.

/** A request or a response, whose body can be read. */
export type Body = Pick<Request, "body" | "headers">;

/** The limits of a body. */
export interface BodyLimits {
  readonly maxBytes: number;
  /** Ends the reading when it aborts: the body is too slow. */
  readonly signal?: AbortSignal;
}

/** As much as Deno reads at once. */
const BUFFER_BYTES = 64 * 1024;
/** Until the whole body of a request must have arrived, in milliseconds. */
const BODY_TIMEOUT_MS = 5_000;

/** Returns the body of a request, or its problem. Never throws. */
export async function readRequestBody(
  request: Body,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | "too-large" | "too-slow" | "cut-off"> {
  const signal = AbortSignal.timeout(BODY_TIMEOUT_MS);
  return await readBody(request, { maxBytes, signal })
    .catch(() => signal.aborted ? "too-slow" : "cut-off");
}

/**
 * Returns the bytes of a body, or the limit it exceeds; reading stops there.
 * Rejects when the sender disconnects.
 */
export async function readBody(
  { body, headers }: Body,
  { maxBytes, signal }: BodyLimits,
): Promise<Uint8Array<ArrayBuffer> | "too-large" | "too-slow"> {
  if (body === null) return new Uint8Array();
  const reader = openReader(body);
  const cancel = () => reader.cancel().catch(() => {});
  signal?.addEventListener("abort", cancel);
  try {
    const isTooLarge = Number(headers.get("content-length")) > maxBytes;
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for (let length = 0; !isTooLarge;) {
      const { done, value } = await reader.read();
      if (signal?.aborted) return "too-slow";
      if (done) return await new Blob(chunks).bytes();
      length += value.length;
      if (length > maxBytes) break;
      chunks.push(value);
    }
    await cancel();
    return "too-large";
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

// Reads a body of `fetch()` into one buffer: a new one for each read, as Deno makes
// it, costs more than the reading.
function openReader(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
  try {
    const reader = body.getReader({ mode: "byob" });
    let buffer = new ArrayBuffer(BUFFER_BYTES);
    return {
      cancel: () => reader.cancel(),
      async read() {
        const { done, value } = await reader.read(new Uint8Array(buffer));
        if (done) return { done, value: undefined };
        buffer = value.buffer;
        return { done, value: value.slice() };
      },
    };
  } catch {
    // Not a stream of bytes, as the body of a request.
    return body.getReader();
  }
}
