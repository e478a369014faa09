// Reads submitted forms.

import { HttpError } from "fresh";
import { type Body, readRequestBody } from "./read_body.ts";

const MAX_BYTES = 64 * 1024;
/** Some pages render a form's fields again: each one costs. */
const MAX_FIELDS = 200;
const REFUSALS = { "too-large": 413, "too-slow": 408, "cut-off": 400 } as const;

/**
 * Returns the fields of a form as browsers send them, without files.
 * @throws {HttpError} 415 for a content type that browsers don't send, 413 for
 * more than 64 KiB or 200 fields, 408 for a body that takes more than 5
 * seconds, 400 when the client disconnects.
 */
export async function readForm(request: Body): Promise<URLSearchParams> {
  const [type = ""] = request.headers.get("content-type")?.split(";") ?? [];
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded") {
    throw new HttpError(415);
  }
  const body = await readRequestBody(request, MAX_BYTES);
  if (typeof body === "string") throw new HttpError(REFUSALS[body]);
  // What cannot be decoded becomes U+FFFD, which no check lets through.
  const text = new TextDecoder().decode(body);
  if (text.split("&", MAX_FIELDS + 1).length > MAX_FIELDS) {
    throw new HttpError(413);
  }
  return new URLSearchParams(text);
}

/**
 * Returns the value of a field, `undefined` when there is none.
 * @throws {HttpError} 400 when there are several: none of our forms sends that.
 */
export function singleValue(
  form: URLSearchParams,
  name: string,
): string | undefined {
  const [value, ...more] = form.getAll(name);
  if (more.length > 0) throw new HttpError(400);
  return value;
}
