/**
 * Bodies of requests, within limits.
 *
 * @module
 */

/** Limits of one body. */
export interface BodyLimits {
  readonly maxBytes: number;
  /** Until the whole body must be there. */
  readonly timeoutMs: number;
}

/**
 * Returns the bytes of a body, or which limit it is beyond. Reading stops
 * there. Throws when the sender goes away.
 */
export async function readBody(
  { body, headers }: Pick<Request, "body" | "headers">,
  { maxBytes, timeoutMs }: BodyLimits,
): Promise<Uint8Array<ArrayBuffer> | "too-large" | "too-slow"> {
  if (body === null) return new Uint8Array();
  if (Number(headers.get("content-length")) > maxBytes) {
    await body.cancel();
    return "too-large";
  }
  const reader = body.getReader();
  let slow = false;
  const timer = setTimeout(() => {
    slow = true;
    reader.cancel().catch(() => {});
  }, timeoutMs);
  try {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (slow) return "too-slow";
      if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
      length += value.length;
      if (length > maxBytes) {
        await reader.cancel();
        return "too-large";
      }
      chunks.push(value);
    }
  } finally {
    clearTimeout(timer);
  }
}
