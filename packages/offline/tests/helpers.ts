import { assertEquals, assertMatch } from "@std/assert";
import { parseDocument } from "@/tests/helpers/document.ts";

/** Whether the packages are the stubs; else they are the real ones. */
export const ON_STUBS = import.meta.resolve("fresh").includes(
  "/offline/stubs/",
);

/** Handles requests, as `app.handler()` does. */
export type Handler = (request: Request) => Promise<Response>;

/** A response that was read, and what was written to `console.error`. */
export interface Reply {
  status: number;
  headers: Headers;
  body: string;
  logged: unknown[];
}

/** Sends `"METHOD /path form=fields"`, of which only the path is needed. */
export async function send(
  handler: Handler,
  line: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const [, method = "GET", path = "", form] =
    /^(?:([A-Z]+) )?(\S+)(?: (.*))?$/.exec(line) ?? [];
  const body = form === undefined ? null : new URLSearchParams(form);
  const url = `http://localhost${path}`;
  const original = console.error;
  const logged: unknown[] = [];
  console.error = (...args: unknown[]) => void logged.push(...args);
  try {
    const response = await handler(new Request(url, { method, body, headers }));
    const { status, headers: received } = response;
    return { status, headers: received, body: await response.text(), logged };
  } finally {
    console.error = original;
  }
}

/**
 * Registers a test that sends requests and compares the replies, written as
 * status, text and the headers that are named: `"204 (allow: GET)"`.
 */
export function facts(
  name: string,
  app: { handler(): Handler },
  expected: Record<string, string | RegExp>,
  headers?: Record<string, string>,
): void {
  Deno.test(name, async () => {
    const handler = app.handler();
    for (const [line, fact] of Object.entries(expected)) {
      const reply = await send(handler, line, headers);
      const found = tell(reply, String(fact));
      if (fact instanceof RegExp) assertMatch(found, fact, line);
      else assertEquals(found, fact, line);
    }
  });
}

/** Tells a reply in one line, with the headers that `pattern` names. */
function tell(reply: Reply, pattern: string): string {
  const names = pattern.matchAll(/\(([\w-]+): /g);
  const headers = Array.from(names, ([, name = ""]) => {
    const isCount = name === "logged";
    return `(${name}: ${
      isCount ? reply.logged.length : reply.headers.get(name)
    })`;
  });
  return [reply.status, text(reply), ...headers]
    .filter((part) => part !== "").join(" ");
}

/** What a page or another body says. */
function text({ body, headers }: Reply): string {
  const isPage = headers.get("content-type")?.startsWith("text/html");
  if (!isPage || body === "") return body;
  const { body: content } = parseDocument(body);
  content.querySelectorAll("script, style").forEach((it) => it.remove());
  return (content.textContent ?? "").trim().replace(/\s+/g, " ");
}

/** The nonces of a document's tags. */
export function noncesOf(html: string): string[] {
  return Array.from(html.matchAll(/ nonce="([^"]+)"/g), ([, id = ""]) => id);
}
