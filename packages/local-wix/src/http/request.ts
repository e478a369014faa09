import { Buffer } from "node:buffer";
import { invalidField } from "./errors.ts";
import { isRecord, type JsonObject } from "./json.ts";

/** Deeper nesting would overflow the stack of what walks through it. */
const MAX_DEPTH = 200;
const FORM_TYPE = "application/x-www-form-urlencoded";

/** The JSON object in the body; an empty one when the body is empty. */
export async function readJson(request: Request): Promise<JsonObject> {
  const text = await request.text();
  return text.trim() === "" ? {} : parseJsonObject(text, "body");
}

/** Whether the body is an HTML form. `curl -d` calls JSON one, too. */
export function isForm({ headers }: Request, body: string): boolean {
  const type = headers.get("content-type") ?? "";
  return type.startsWith(FORM_TYPE) && !body.trimStart().startsWith("{");
}

/** The fields of a body sent as JSON or as an HTML form. */
export async function readFields(request: Request): Promise<JsonObject> {
  const body = await request.text();
  if (isForm(request, body)) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  return body.trim() === "" ? {} : parseJsonObject(body, "body");
}

/**
 * The payload of a GET request, in either of the SDK's two encodings: `.r`
 * (base64url of the JSON payload), or plain parameters where a repeated name
 * is a list and a dotted one is a nested object.
 */
export function readQuery({ searchParams }: URL): JsonObject {
  const packed = searchParams.get(".r");
  if (packed !== null) {
    return parseJsonObject(Buffer.from(packed, "base64url").toString(), ".r");
  }
  const payload: JsonObject = {};
  for (const name of new Set(searchParams.keys())) {
    const path = name.split(".");
    // It would lead out of the payload, to what all objects share.
    if (path.includes("__proto__")) continue;
    if (path.length > MAX_DEPTH) {
      throw invalidField(
        name,
        `The query is nested more than ${MAX_DEPTH} levels deep`,
      );
    }
    const values = searchParams.getAll(name);
    setAt(payload, path, values.length > 1 ? values : values[0]);
  }
  return payload;
}

/** The payload of a query that the SDK sends by GET or, when long, by POST. */
export async function readPayload(request: Request): Promise<JsonObject> {
  return request.method === "GET"
    ? readQuery(new URL(request.url))
    : await readJson(request);
}

function setAt(into: JsonObject, path: string[], value: unknown): void {
  const [first = "", ...rest] = path;
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const present = Object.hasOwn(into, first) ? into[first] : undefined;
  const child = isRecord(present) ? present : {};
  into[first] = child;
  setAt(child, rest, value);
}

function parseJsonObject(text: string, field: string): JsonObject {
  if (isTooDeep(text)) {
    throw invalidField(
      field,
      `${field} is nested more than ${MAX_DEPTH} levels deep`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidField(field, `${field} is not valid JSON`);
  }
  if (isRecord(value)) return value;
  throw invalidField(field, `${field} must be a JSON object`);
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

/**
 * The language that a site requests in, which it names in a header such as
 * `de|de-de|false|00000000-0000-0000-0000-000000000000`.
 */
export function requestLanguage({ headers }: Request): string | undefined {
  const sent = headers.get("x-wix-linguist") ?? "";
  return /^([a-z]{2,3}(?:-[A-Za-z]+)?)\|/.exec(sent)?.[1];
}

/** Whether a path is one of local Wix itself: console, control or health. */
export function isConsolePath(pathname: string): boolean {
  return ["/", "/healthz"].includes(pathname) ||
    pathname.startsWith("/_local/");
}

/** Whether a path is that of a Wix API, and not of a page. */
export function isApiPath(pathname: string): boolean {
  return !isConsolePath(pathname) && !pathname.startsWith("/_pages/");
}
