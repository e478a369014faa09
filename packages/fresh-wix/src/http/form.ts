/**
 * Reading what a form sends.
 *
 * @module
 */
import { HttpError } from "fresh";

/** More than any form of ours sends, and too little to fill a memory. */
const MAX_BYTES = 64 * 1024;

/**
 * Returns the fields of a form as browsers send them, without files.
 *
 * @throws {HttpError} 415 for another type than browsers send, 413 for a body
 * of more than 64 KiB.
 */
export async function readForm(
  { headers, body }: Pick<Request, "headers" | "body">,
): Promise<URLSearchParams> {
  const [type = ""] = headers.get("content-type")?.split(";") ?? [];
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded") {
    throw new HttpError(415);
  }
  // What cannot be decoded becomes U+FFFD, which no check lets through.
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new HttpError(413);
    text += decoder.decode(chunk, { stream: true });
  }
  return new URLSearchParams(text + decoder.decode());
}

/**
 * Returns the value of a field, `undefined` when there is none.
 *
 * @throws {HttpError} 400 when there are several: no form of ours does that.
 */
export function singleValue(
  form: URLSearchParams,
  name: string,
): string | undefined {
  const [value, ...more] = form.getAll(name);
  if (more.length > 0) throw new HttpError(400);
  return value;
}
