// Calls to Wix, and which responses count.

import { type Finding, unknown } from "./finding.ts";

/** A reply that a retry would not change: a success or a refusal. */
export interface Reply {
  readonly status: number;
  /** The JSON in it; `{}` for none. */
  readonly body: unknown;
  readonly headers: Headers;
}

/** No reply, but a retry may get one. The message says why. */
export class NoResponse extends Error {}

/** Sends requests, and follows no redirect; throws a {@link NoResponse}. */
export type Send = ReturnType<typeof createSend>;

/** Calls the API once; throws a {@link NoResponse}. */
export type CallWix = ReturnType<typeof createCallWix>;

/** @param ms Milliseconds until a reply must be complete. */
export function createSend(fetch: typeof globalThis.fetch, ms: number) {
  return async (url: string, init: RequestInit, from: string) => {
    const signal = AbortSignal.timeout(ms);
    try {
      const sent = { ...init, redirect: "manual", signal } as const;
      const response = await fetch(url, sent);
      const text = await response.text();
      if (response.status !== 429 && response.status < 500) {
        return { response, text };
      }
      throw new NoResponse(`${from} responded ${response.status}`);
    } catch (error) {
      if (error instanceof NoResponse) throw error;
      const why = signal.aborted
        ? `no response within ${ms / 1000} seconds`
        : "the connection failed";
      throw new NoResponse(why, { cause: url });
    }
  };
}

/** @param origin Origin in place of Wix's, such as that of local Wix. */
export function createCallWix(send: Send, origin = "https://www.wixapis.com") {
  return async (
    path: string,
    { body, headers }: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Reply> => {
    const init = body === undefined ? { headers: { ...headers } } : {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    };
    const { response, text } = await send(origin + path, init, "Wix");
    const reply = { status: response.status, headers: response.headers };
    try {
      return { ...reply, body: JSON.parse(text) };
    } catch {
      // A refusal needs no body; a success does.
      if (reply.status !== 200) return { ...reply, body: {} };
      throw new NoResponse(
        "the response is not from Wix, but perhaps from a proxy",
      );
    }
  };
}

/** Returns a check's finding, or that Wix did not respond. */
export async function checked(
  subject: string,
  check: () => Promise<Finding>,
): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof NoResponse)) throw error;
    // Only local Wix uses http.
    const todo = String(error.cause).startsWith("http:")
      ? "Start local Wix with `deno task wix`, or remove WIX_API_ORIGIN."
      : "Try again in a moment. If the problem persists, check " +
        "your network and https://status.wix.com.";
    return { ...unknown(subject, error.message, todo), outcome: "unreachable" };
  }
}

/** Returns the text at a path in JSON, `undefined` without one. */
export function textAt(
  json: unknown,
  ...path: readonly string[]
): string | undefined {
  const value: unknown = path.reduce((at, name) => Object(at)[name], json);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Returns the code in a refusal, such as `invalid_client`, with its status. */
export function refusalIn({ status, body }: Reply): string {
  const code = textAt(body, "error") ??
    textAt(body, "details", "applicationError", "code");
  return code === undefined ? String(status) : `${status} ${code}`;
}
