import { Buffer } from "node:buffer";
import { invalidField } from "./errors.ts";
import type { HttpRequest } from "./http_request.ts";
import { isRecord, type JsonObject } from "./json.ts";

/** What is nested deeper would end the stack of what walks through it. */
const MAX_DEPTH = 200;

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
  const payload: JsonObject = {};
  if (url.search === "") return payload;
  const { searchParams } = url;
  const packed = searchParams.get(".r");
  if (packed !== null) {
    return parseJsonObject(Buffer.from(packed, "base64url").toString(), ".r");
  }
  const sent = new Map<string, string[]>();
  searchParams.forEach((value, name) => {
    const values = sent.get(name);
    if (values) values.push(value);
    else sent.set(name, [value]);
  });
  for (const [name, values] of sent) {
    const path = name.split(".");
    // It would lead out of the payload, to what all objects share.
    if (path.includes("__proto__")) continue;
    if (path.length > MAX_DEPTH) {
      throw invalidField(name, `The query is nested over ${MAX_DEPTH} deep`);
    }
    place(payload, path, values.length > 1 ? values : values[0]);
  }
  return payload;
}

function place(into: JsonObject, path: string[], value: unknown): void {
  const [first = "", ...rest] = path;
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const present = Object.hasOwn(into, first) ? into[first] : undefined;
  const child = isRecord(present) ? present : {};
  into[first] = child;
  place(child, rest, value);
}

function parseJsonObject(text: string, field: string): JsonObject {
  if (isTooDeep(text)) {
    throw invalidField(field, `${field} is nested more than ${MAX_DEPTH} deep`);
  }
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

function isTooDeep(json: string): boolean {
  if (json.length < 2 * MAX_DEPTH) return false;
  let depth = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === "[" || token === "{") depth++;
    else if (token === "]" || token === "}") depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
