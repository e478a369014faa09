import { WixError } from "./errors.ts";

/** A 200 with a JSON body: the SDK takes any other status for a failure. */
export function reply(data: unknown, headers: HeadersInit = {}): Response {
  return Response.json(data, { headers });
}

/**
 * The reply to a write. `X-Wix-Consistent` asks the client to send the value
 * back, so that Wix can serve its next reads from a replica that has seen the
 * write.
 */
export function writeReply(data: unknown): Response {
  return reply(data, { "x-wix-consistent": crypto.randomUUID() });
}

/** The response that tells a client about `error`. */
export function errorReply(error: unknown): Response {
  if (error instanceof WixError) {
    const { message, details, status } = error;
    return Response.json({ message, details }, { status });
  }
  return Response.json({ message: "", details: {} }, { status: 500 });
}

/** An id for one reply, in the shape of Wix's. */
export function requestId(now: number): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  const tail = String(random).padStart(10, "0");
  return `${Math.floor(now / 1000)}.${tail}${
    String(now % 100000).padStart(5, "0")
  }`;
}
