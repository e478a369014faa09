/**
 * Recordings of a real site: the requests of a contract case, and the shape of
 * each response.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { at } from "./http.ts";

/** What a contract case sent, and what came back. */
export interface Recording {
  readonly test: string;
  /** The day of the recording. */
  readonly recorded: string;
  readonly calls: readonly Call[];
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly response: Shape;
}

type Shape = Readonly<Record<string, string>>;

/** A site's own ids and secrets, by name. */
export type Known = Readonly<Record<string, string>>;

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const DATE = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const EMAIL = /[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+/g;
const PHONE = /(?:\+|%2B)\d[\d ()-]{6,}\d/g;
/**
 * Shorter texts of a response could be part of a request by chance: they stay in
 * requests, so no case that runs against a real site may send a person's name.
 */
const SHORTEST_REFERENCE = 16;

/** The shape of a response. */
export function shapeOf(status: number, body: unknown): Shape {
  return { status: `${status}`, ...bodyShape(body, status >= 400, "body") };
}

/**
 * What a body looks like: the kind of each part by its path. Of its texts it
 * has the codes of errors only, and of its lists the first items.
 */
function bodyShape(value: unknown, isError: boolean, path: string): Shape {
  if (typeof value === "object" && value !== null) {
    const isList = Array.isArray(value);
    const parts = Object.entries(isList ? value.slice(0, 1) : value);
    const inner = parts.map(([name, part]) =>
      bodyShape(part, isError, `${path}.${name.replace(EMAIL, "<email>")}`)
    );
    return Object.assign({ [path]: isList ? "list" : "object" }, ...inner);
  }
  const isCode = isError && /\.(code|error)$/.test(path) &&
    /^[A-Za-z_]{0,60}\d{0,5}$/.test(String(value));
  const kind = value === null
    ? "null"
    : typeof value !== "string"
    ? typeof value
    : GUID.test(value)
    ? "guid"
    : DATE.test(value)
    ? "date"
    : "text";
  return { [path]: isCode ? `${kind} ${value}` : kind };
}

/** Where two shapes differ, save below lists of which one is empty. */
export function differences(wix: Shape, here: Shape): string[] {
  const lines = Object.keys({ ...wix, ...here }).map((path) => {
    const item = /^.*\.0(?=\.|$)/.exec(path)?.[0] ?? "status";
    const [a = "missing", b = "missing"] = [wix[path], here[path]];
    const isSame = a === b || !(item in wix && item in here);
    return isSame ? "" : `${path}: ${a} at Wix, ${b} here`;
  });
  return lines.filter((line) => line);
}

/**
 * `realFetch`, with its calls of Wix's APIs added to `calls`. What a request has
 * of `known` or of an earlier response becomes a reference, as `{{0.access_token}}`.
 */
export function recordFetch(
  realFetch: typeof fetch,
  known: Known,
  calls: Call[],
): typeof fetch {
  const references = new Map<string, string>();
  const learn = (value: unknown, path: string): void => {
    if (typeof value === "object" && value !== null) {
      const start = path && `${path}.`;
      for (const [key, part] of Object.entries(value)) {
        learn(part, start + key);
      }
    } else if (
      typeof value === "string" && value.length >= SHORTEST_REFERENCE &&
      !references.has(value)
    ) references.set(value, `{{${path}}}`);
  };
  const refer = (text: string) =>
    [...references].sort(([a], [b]) => b.length - a.length)
      .reduce((all, [secret, name]) => all.replaceAll(secret, name), text)
      .replace(EMAIL, "masked@example.com").replace(PHONE, "+10000000");
  learn(known, "");
  return async (input, init) => {
    const request = new Request(input, init);
    const { hostname, pathname, search } = new URL(request.url);
    if (!hostname.endsWith(".wixapis.com")) return await realFetch(request);
    const index = calls.length;
    const query = search.replace(
      /(?<=\?\.r=).+/,
      (text) => Buffer.from(text, "base64url").toString(),
    );
    const headers: Record<string, string> = {};
    for (const name of ["authorization", "content-type", "wix-site-id"]) {
      const text = refer(request.headers.get(name) ?? "");
      const isUnknown = name === "authorization" && !text.includes("{{");
      if (text) headers[name] = isUnknown ? "unknown" : text;
    }
    const { method } = request;
    const call = { method, path: refer(pathname + query), headers };
    calls[index] = { ...call, body: "", response: {} };
    const body = refer(await request.clone().text());
    const response = await realFetch(request);
    const { status } = response;
    const received = await readBody(response.clone());
    learn(received, `${index}`);
    calls[index] = { ...call, body, response: shapeOf(status, received) };
    return response;
  };
}

/**
 * Sends the requests of a recording to `origin`, whose ids and secrets are
 * `known`, and returns where its responses differ from the recorded ones.
 */
export async function replay(
  { calls }: Recording,
  origin: string,
  known: Known,
): Promise<string[]> {
  const bodies: unknown[] = [];
  const resolve = (text: string) =>
    text.replace(
      /\{\{([^}]+)\}\}/g,
      (_, path) => known[path] ?? String(at(bodies, path)),
    );
  const found: string[] = [];
  for (const [index, call] of calls.entries()) {
    const path = resolve(call.path).replace(
      /(?<=\?\.r=).+/,
      (json) => Buffer.from(json).toString("base64url"),
    );
    const headers = Object.entries(call.headers)
      .map(([name, text]): [string, string] => [name, resolve(text)]);
    const body = call.body ? resolve(call.body) : null;
    const { method } = call;
    const reply = await fetch(origin + path, { method, headers, body });
    bodies[index] = await readBody(reply);
    const here = shapeOf(reply.status, bodies[index]);
    const name = `${index} ${method} ${call.path.split("?")[0]}`;
    const lines = differences(call.response, here);
    found.push(...lines.map((line) => `${name}: ${line}`));
  }
  return found;
}

/** The JSON of a response, or its text. */
async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
