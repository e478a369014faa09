/**
 * Recordings of a real site: the requests of a contract case, and the shape of
 * each response. Of texts that the site sent, they hold the codes of errors only.
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
  status: number;
  /** As `shapeOf()` returns it. */
  response: unknown;
}

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
const isCode = (key?: string) => key === "code" || key === "error";

/** `value` with its texts, save the codes of errors, replaced by their kind. */
export function shapeOf(value: unknown, isError: boolean, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => shapeOf(item, isError));
  if (typeof value === "object" && value !== null) {
    const parts = Object.entries(value).map(([name, part]) => [
      name.replace(EMAIL, "<email>"),
      shapeOf(part, isError, name),
    ]);
    return Object.fromEntries(parts);
  }
  if (typeof value !== "string") return value;
  if (isError && isCode(key) && /^[A-Za-z_]{1,60}\d{0,5}$/.test(value)) {
    return value;
  }
  return GUID.test(value) ? "<guid>" : DATE.test(value) ? "<date>" : "<text>";
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
      .replace(EMAIL, "nobody@example.com").replace(PHONE, "+10000000");
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
    calls[index] = { ...call, body: "", status: 0, response: null };
    const body = refer(await request.clone().text());
    const response = await realFetch(request);
    const { status } = response;
    const received = await readBody(response.clone());
    learn(received, `${index}`);
    const shape = shapeOf(received, status >= 400);
    calls[index] = { ...call, body, status, response: shape };
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
    const { status } = reply;
    const name = `${index} ${method} ${call.path.split("?")[0]}`;
    if (status !== call.status) {
      found.push(`${name}: status ${call.status} at Wix, ${status} here`);
    }
    const here = shapeOf(bodies[index], status >= 400);
    found.push(...differences(call.response, here, name));
  }
  return found;
}

/** Where two shapes differ; lists are compared by their first items. */
export function differences(
  wix: unknown,
  here: unknown,
  path: string,
): string[] {
  const kinds = [kindOf(wix), kindOf(here)] as const;
  const isSame = kinds[0] === kinds[1];
  const [a, b] = isSame && isCode(path.split(".").at(-1)) ? [wix, here] : kinds;
  if (kinds[0] !== "object" && kinds[0] !== "list" || !isSame) {
    return a === b ? [] : [`${path}: ${a} at Wix, ${b} here`];
  }
  const [there, own] = [Object(wix), Object(here)];
  if (kinds[0] === "list") {
    const isEmpty = there.length * own.length === 0;
    return isEmpty ? [] : differences(there[0], own[0], `${path}.0`);
  }
  return Object.keys({ ...there, ...own }).flatMap((name) =>
    differences(there[name], own[name], `${path}.${name}`)
  );
}

function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (typeof value === "string") return value;
  return Array.isArray(value) ? "list" : typeof value;
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
