/**
 * How calls of islands travel: to this site's gateway, which knows who calls.
 *
 * @module
 */
import { apiUrl } from "../wix/api_url.ts";
import { INVALID_ID, wixErrorBody } from "../wix/wix_error.ts";

/** Where the gateway is. */
export const GATEWAY_PATH = "/api/wix";

/**
 * Sent with every call. Scripts of other sites cannot send it: browsers would
 * ask first whether they may, and are never told that they may.
 */
export const GATEWAY_HEADER = { name: "X-Wix-Gateway", value: "1" } as const;

/** What {@link createGatewayFetch} needs. */
export interface GatewayFetchOptions {
  /** The browser's `fetch`. */
  readonly send: typeof fetch;
  /** Waits for so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Waiting longer than this is for people to decide. */
const MAX_WAIT_SECONDS = 5;

/** Twelve seconds with the gateway's two: by then it knows. */
const MAX_WAITS = 6;

/**
 * Returns the `fetch` of the SDK in a browser. It changes the host of each call
 * to ours, and answers in the form of Wix's errors where there is no answer:
 * the SDK loses what an exception says.
 *
 * - The first call of a page goes alone. For somebody new it is the one that
 *   begins a visitor's session; several at once would begin several, with a
 *   cart each, of which only the last would be kept.
 * - An answer with `Retry-After` says that nothing was carried out yet, and
 *   that asking again in a moment tells more. So does the gateway while it is
 *   not sure whether a member's session has ended.
 */
export function createGatewayFetch(
  { send, wait }: GatewayFetchOptions,
): typeof fetch {
  let first: Promise<unknown> | undefined;
  return async (input, init) => {
    const url = apiUrl(String(input), init?.body);
    if (url === undefined) {
      return failure(400, INVALID_ID, "An id holds characters of a path");
    }
    const target = GATEWAY_PATH + url.pathname + url.search;
    const call = async () => {
      const options = { ...init, headers: gatewayHeaders(init?.body) };
      for (let waits = 0;; waits++) {
        const answer = await send(target, options);
        const seconds = Number(answer.headers.get("retry-after") ?? NaN);
        const asksToWait = seconds <= MAX_WAIT_SECONDS && waits < MAX_WAITS;
        if (!asksToWait) return await wholeAnswer(answer);
        await wait(seconds * 1_000);
      }
    };
    try {
      if (first === undefined) return await (first = call());
      await first.catch(() => {});
      return await call();
    } catch {
      return failure(503, "GATEWAY_UNREACHABLE", "No connection");
    }
  };
}

/** An answer that is cut short on its way here is none. */
async function wholeAnswer(answer: Response): Promise<Response> {
  const text = await answer.text();
  return new Response(text, answer);
}

function gatewayHeaders(body: unknown): Record<string, string> {
  return {
    [GATEWAY_HEADER.name]: GATEWAY_HEADER.value,
    ...(body != null && { "Content-Type": "application/json" }),
  };
}

function failure(status: number, code: string, description: string): Response {
  return Response.json(wixErrorBody({ code, description }), { status });
}
