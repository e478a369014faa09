import { createHash } from "node:crypto";
import { WixError } from "./errors.ts";

/** A 200 with a JSON body: the SDK takes any other status for a failure. */
export function reply(data: unknown): Response {
  return Response.json(data);
}

/**
 * The reply to a write. The client sends the value of `X-Wix-Consistent`
 * back, so that Wix can serve its next reads from a replica that has seen the
 * write.
 *
 * UNDOCUMENTED: what `X-Wix-Consistent` contains. Here it is a digest of the reply.
 */
export function writeReply(data: unknown): Response {
  const seen = createHash("sha256").update(JSON.stringify(data)).digest("hex");
  const headers = { "x-wix-consistent": seen.slice(0, 32) };
  return Response.json(data, { headers });
}

/**
 * The response that reports `error` to the client.
 *
 * UNDOCUMENTED: the body of an internal failure of Wix. Here 500 with no message
 * and no details.
 */
export function errorResponse(error: unknown): Response {
  if (error instanceof WixError) {
    const { message, details, status } = error;
    return Response.json({ message, details }, { status });
  }
  return Response.json({ message: "", details: {} }, { status: 500 });
}

/** 303, so that a form's POST ends in a GET. */
export function redirect(location: string): Response {
  const headers = { location, "cache-control": "no-store" };
  return new Response(null, { status: 303, headers });
}

/**
 * The id of the `number`th response, sent at `now`.
 *
 * UNDOCUMENTED: the format of a request id. Here Unix seconds, a dot and fifteen
 * digits.
 */
export function requestId(now: number, number: number): string {
  return `${Math.floor(now / 1000)}.${String(number).padStart(15, "0")}`;
}
