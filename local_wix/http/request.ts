import { Buffer } from "node:buffer";
import { invalidField } from "./errors.ts";
import type { HttpRequest } from "./http_request.ts";
import { isRecord, type JsonObject } from "./json.ts";

/** The JSON object in the body; an empty one when the body is empty. */
export async function readJson(
  request: Pick<HttpRequest, "text">,
): Promise<JsonObject> {
  const text = await request.text();
  return text.trim() === "" ? {} : parseJsonObject(text, "body");
}

/** The fields of a body sent as JSON or as an HTML form. */
export async function readFields(
  request: Pick<HttpRequest, "headers" | "text">,
): Promise<JsonObject> {
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded")) {
    return await readJson(request);
  }
  return Object.fromEntries(new URLSearchParams(await request.text()));
}

/**
 * The payload of a GET request, in either of the SDK's two encodings: `.r`
 * (base64url of the JSON payload), or plain parameters where a repeated name
 * is a list and a dotted one is a nested object.
 */
export function readQuery(url: URL): JsonObject {
  const packed = url.searchParams.get(".r");
  if (packed !== null) {
    return parseJsonObject(Buffer.from(packed, "base64url").toString(), ".r");
  }
  const payload: JsonObject = {};
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    place(payload, name.split("."), values.length > 1 ? values : values[0]);
  }
  return payload;
}

function place(into: JsonObject, path: string[], value: unknown): void {
  const [first = "", ...rest] = path;
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const present = into[first];
  const child = isRecord(present) ? present : {};
  into[first] = child;
  place(child, rest, value);
}

function parseJsonObject(text: string, field: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidField(field, `${field} is not valid JSON`);
  }
  if (!isRecord(value)) {
    throw invalidField(field, `${field} must be a JSON object`);
  }
  return value;
}
