import { parseHTML } from "linkedom";
import { fileURLToPath } from "node:url";

/** Handles requests, as `app.handler()` does. */
export type Handler = (request: Request) => Promise<Response>;

/** A response with its body read. */
export interface Reply {
  status: number;
  headers: Headers;
  body: string;
}

/** Decides which packages the suite runs against. */
export const CONFIG = Deno.env.get("FRESH_WIX_CONFIG") ??
  fileURLToPath(new URL("../../../deno.offline.json", import.meta.url));

/** Sends a request for `path` and reads the whole response. */
export async function ask(
  handler: Handler,
  path: string,
  init?: RequestInit,
): Promise<Reply> {
  const response = await handler(new Request(`http://localhost${path}`, init));
  const { status, headers } = response;
  return { status, headers, body: await response.text() };
}

/** A response and what was written to `console.error` meanwhile. */
export interface LoggedReply extends Reply {
  logged: unknown[];
}

/** Like {@linkcode ask}, for requests that are expected to fail. */
export async function askLogged(
  handler: Handler,
  path: string,
  init?: RequestInit,
): Promise<LoggedReply> {
  const original = console.error;
  const logged: unknown[] = [];
  console.error = (...args: unknown[]) => void logged.push(...args);
  try {
    return { ...await ask(handler, path, init), logged };
  } finally {
    console.error = original;
  }
}

/** The nonces of a document's tags. */
export function noncesOf(html: string): string[] {
  return Array.from(html.matchAll(/ nonce="([^"]+)"/g), ([, id = ""]) => id);
}

/** Parses a page. */
export function documentOf({ body }: Pick<Reply, "body">): Document {
  return parseHTML(body).document;
}
