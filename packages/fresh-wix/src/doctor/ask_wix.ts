// Questions to Wix, and what counts as an answer.

import { type Finding, unknown } from "./finding.ts";

/** An answer: a success, or a refusal that another try would get again. */
export interface Answer {
  readonly status: number;
  /** The JSON in it; `{}` for none. */
  readonly body: unknown;
  readonly headers: Headers;
}

/** There is no answer; another try may get one. Its message says why. */
export class Silence extends Error {}

/** Sends requests, and follows no redirect; throws a {@link Silence}. */
export type Send = ReturnType<typeof createSend>;

/** Asks the API one question; throws a {@link Silence}. */
export type AskWix = ReturnType<typeof createAskWix>;

/** @param ms Milliseconds until an answer must be complete. */
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
      throw new Silence(`${from} answered ${response.status}`);
    } catch (error) {
      if (error instanceof Silence) throw error;
      throw new Silence(
        signal.aborted
          ? `no answer came within ${ms / 1000} seconds`
          : "the connection failed",
      );
    }
  };
}

/** @param origin Origin in place of Wix's, such as that of local Wix. */
export function createAskWix(send: Send, origin = "https://www.wixapis.com") {
  return async (
    path: string,
    { body, headers }: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer> => {
    const init = body === undefined ? { headers: { ...headers } } : {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    };
    const { response, text } = await send(origin + path, init, "Wix");
    const answer = { status: response.status, headers: response.headers };
    try {
      return { ...answer, body: JSON.parse(text) };
    } catch {
      // What Wix says no to needs no body; what it says yes to does.
      if (answer.status !== 200) return { ...answer, body: {} };
      throw new Silence(
        "something answered that is not Wix, such as a proxy on the way",
      );
    }
  };
}

/** Returns what a check finds, or that Wix did not answer it. */
export async function checked(
  subject: string,
  check: () => Promise<Finding>,
): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof Silence)) throw error;
    const todo = "Try again in a moment. If it stays, look at the network " +
      "here and at https://status.wix.com.";
    return { ...unknown(subject, error.message, todo), outcome: "unasked" };
  }
}

/** Returns the text at a path in JSON, `undefined` when it says nothing. */
export function textAt(
  json: unknown,
  ...path: readonly string[]
): string | undefined {
  const value: unknown = path.reduce((at, name) => Object(at)[name], json);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Returns the code in a refusal, such as `invalid_client`, with its status. */
export function refusalIn({ status, body }: Answer): string {
  const code = textAt(body, "error") ??
    textAt(body, "details", "applicationError", "code");
  return code === undefined ? String(status) : `${status} ${code}`;
}
