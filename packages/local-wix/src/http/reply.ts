import { createHash } from "node:crypto";
import { WixError } from "./errors.ts";
import { TextResponse } from "./text_response.ts";

const JSON_TYPE = { "content-type": "application/json" };

/** A 200 with a JSON body: the SDK takes any other status for a failure. */
export function reply(
  data: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return json(data, 200, headers);
}

/** The same of an object that is JSON already. */
export function replyText(text: string): Response {
  return new TextResponse(text, { headers: JSON_TYPE });
}

/**
 * The reply to a write. `X-Wix-Consistent` asks the client to send the value
 * back, so that Wix can serve its next reads from a replica that has seen the
 * write.
 *
 * UNDOCUMENTED: what `X-Wix-Consistent` says. Here it is a digest of the reply.
 */
export function writeReply(data: unknown): Response {
  const seen = createHash("sha256").update(JSON.stringify(data)).digest("hex");
  return reply(data, { "x-wix-consistent": seen.slice(0, 32) });
}

/**
 * The response that tells a client about `error`.
 *
 * UNDOCUMENTED: the body of a failure of Wix's own. Here 500 with no message
 * and no details.
 */
export function errorReply(error: unknown): Response {
  if (error instanceof WixError) {
    const { message, details, status } = error;
    return json({ message, details }, status);
  }
  return json({ message: "", details: {} }, 500);
}

function json(
  data: unknown,
  status: number,
  more: Readonly<Record<string, string>> = {},
): Response {
  const headers = { ...JSON_TYPE, ...more };
  return new TextResponse(JSON.stringify(data), { status, headers });
}

/**
 * The id of the `number`th reply, sent at `now`.
 *
 * UNDOCUMENTED: the format of a request id. Here Unix seconds, a dot and fifteen
 * digits.
 */
export function requestId(now: number, number: number): string {
  return `${Math.floor(now / 1000)}.${String(number).padStart(15, "0")}`;
}
