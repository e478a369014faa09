// Sends all requests of this app to Wix.

import { LRUCache } from "lru-cache";
import { UUID_REGEX } from "valibot";
import { redactTokens } from "../errors/redact.ts";
import { readBody } from "../http/read_body.ts";
import { inSpan, markFailed } from "../observe/span.ts";
import { apiUrl } from "./api_url.ts";
import { currentContext, type WixCall } from "./request_context.ts";
import { INVALID_ID, OUT_OF_TIME, wixErrorBody } from "./wix_error.ts";

/**
 * A `fetch` for Wix only. A `Retry-After` in the response applies to `caller`:
 * the id of a session, a grant. Default: the app.
 */
export type WixFetch = (
  input: RequestInfo | URL,
  init?: RequestInit & { readonly caller?: string | undefined },
) => Promise<Response>;

/** Options of {@link createWixFetch}; the last ones are for tests. */
export interface WixFetchOptions {
  /** Origin in place of `*.wixapis.com`, such as local Wix. */
  readonly wixApiOrigin: string | undefined;
  /** Called once per request sent. */
  readonly onCall?: (call: WixCall) => void;
  /** Milliseconds until a response must be complete. Default 4,000. */
  readonly timeoutMs?: number;
  /** Largest body that is accepted, in bytes. Default 1 MiB. */
  readonly maxBytes?: number;
  readonly fetch?: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** 0 to 1. */
  readonly random?: () => number;
}

/** Between the two tries of a call, so that a short failure affects only one. */
const RETRY_DELAY_MS = 100;
/** With less time than this, a call is not retried. */
const MIN_TRY_MS = 500;
/** Longer waits are capped: a wrong header must not stop a site. */
const MAX_WAIT_MS = 60_000;
/** Wait after a 429 without `Retry-After`. */
const DEFAULT_WAIT_MS = 1_000;
/** Statuses of temporary failures. */
const RETRYABLE_STATUSES = [500, 502, 503];

/**
 * Returns a `fetch` for Wix only. Its responses are complete. A timeout becomes
 * a 504 and a failed connection a 503, with Wix's error JSON, because the SDK
 * drops an exception's message. A GET without a connection or with a 5xx is
 * retried once. After a `Retry-After`, its caller gets a 503 until that time;
 * an id that would change the path is a 400 ({@link INVALID_ID}).
 * @throws {TypeError} for a `Request`, and for a URL that is not Wix's.
 */
export function createWixFetch(options: WixFetchOptions): WixFetch {
  const {
    wixApiOrigin,
    onCall,
    timeoutMs = 4_000,
    maxBytes = 1024 * 1024,
    now = Date.now,
    random = Math.random,
  } = options;
  /** Pairs of caller and endpoint with a `Retry-After` from Wix. */
  const waits = new LRUCache<string, true>({
    max: 1_000,
    ttl: MAX_WAIT_MS,
    ttlResolution: 0,
    perf: { now },
  });

  return async (input, { caller = "app", ...init } = {}) => {
    // Not of a `Request`, whose method and body would be lost.
    const url = apiUrl(String(input), init.body);
    if (url === undefined) {
      return errorResponse(400, INVALID_ID, "An id contains a path or a query");
    }
    const target = (wixApiOrigin ?? url.origin) + url.pathname + url.search;
    const method = init.method ?? "GET";
    const endpoint = `${method} ${withoutIds(url.pathname)}`;
    const waitKey = `${caller} ${endpoint}`;
    const context = currentContext();
    const timeLeft = () => context?.timeLeft ?? Infinity;

    if (waits.has(waitKey)) {
      return errorResponse(503, "WIX_ASKED_TO_WAIT", "Wix asked to wait");
    }
    if (timeLeft() <= 0) return outOfTime();

    const attempt = () =>
      inSpan(`Wix ${endpoint}`, async (span) => {
        const startedAt = performance.now();
        const sent = await exchange(target, init, {
          send: options.fetch ?? globalThis.fetch,
          timeoutMs: Math.min(timeoutMs, timeLeft()),
          maxBytes,
        });
        const { response } = sent;
        const { status } = response;
        span.setAttribute("http.response.status_code", status);
        if (!response.ok) markFailed(span);
        const ttl = waitMs(response, now(), random());
        if (ttl > 0) waits.set(waitKey, true, { ttl });
        const milliseconds = performance.now() - startedAt;
        onCall?.({ method, pathname: url.pathname, status, milliseconds });
        return sent;
      });

    const tryTwice = async () => {
      const { response, retryable } = await attempt();
      const isTriedAgain = method === "GET" && retryable &&
        timeLeft() > MIN_TRY_MS && !waits.has(waitKey);
      if (!isTriedAgain) return response;
      const delay = RETRY_DELAY_MS * (1 + random());
      await new Promise((resolve) => setTimeout(resolve, delay));
      return (await attempt()).response;
    };
    return await (context?.wait(tryTwice) ?? tryTwice());
  };
}

/** Returns the response to one try, and whether another may succeed. */
async function exchange(
  target: string,
  init: RequestInit,
  { send, timeoutMs, maxBytes }: {
    readonly send: typeof fetch;
    readonly timeoutMs: number;
    readonly maxBytes: number;
  },
): Promise<{ response: Response; retryable: boolean }> {
  const timeout = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
  const signal = init.signal
    ? AbortSignal.any([init.signal, timeout])
    : timeout;
  try {
    const head = await send(target, { ...init, redirect: "manual", signal });
    return {
      response: await readResponse(head, maxBytes),
      retryable: RETRYABLE_STATUSES.includes(head.status),
    };
  } catch (error) {
    if (init.signal?.aborted) throw error;
    if (timeout.aborted) return { response: outOfTime(), retryable: false };
    const description = `No connection: ${networkFailure(error)}`;
    return {
      response: errorResponse(503, "WIX_UNREACHABLE", description),
      retryable: true,
    };
  }
}

// Returns a response when its whole body has arrived. An error's is without
// tokens: it becomes the message of an exception, which traces record before our
// error boundary does. The rest stays: a form may show which address is taken.
async function readResponse(
  response: Response,
  maxBytes: number,
): Promise<Response> {
  const { ok, status } = response;
  if (!ok && status < 400) {
    await response.body?.cancel();
    return errorResponse(502, "WIX_REDIRECTED", `Wix responded ${status}`);
  }
  const body = await readBody(response, { maxBytes });
  if (typeof body === "string") {
    return errorResponse(
      502,
      "WIX_RESPONSE_TOO_LARGE",
      `The response is larger than ${maxBytes} bytes: request fewer items`,
    );
  }
  const content = ok ? body : redactTokens(new TextDecoder().decode(body));
  return new Response(content.length > 0 ? content : null, response);
}

function outOfTime(): Response {
  const { status, code, description } = OUT_OF_TIME;
  return errorResponse(status, code, description);
}

/** Returns a synthetic response in Wix's error format. */
function errorResponse(
  status: number,
  code: string,
  description: string,
): Response {
  return Response.json(wixErrorBody({ code, description }), { status });
}

/** All orders are one endpoint. */
function withoutIds(pathname: string): string {
  return pathname.split("/")
    .map((segment) => UUID_REGEX.test(segment) ? "{id}" : segment)
    .join("/");
}

// Returns what the network did, such as `client error (Connect): tcp connect
// error: Connection refused`, without the address: its query is not for logs.
function networkFailure(error: unknown): string {
  let message = String(error);
  for (let at = error; at instanceof Error; at = at.cause) message = at.message;
  const [failure] = /client error \(.*/s.exec(message) ?? [message];
  return redactTokens(failure.replaceAll(/https?:\/\/\S+/g, "…"))
    .slice(0, 200);
}

// Returns for how many milliseconds a response asks its caller to wait: up to a
// minute, 0 for not at all (RFC 9110 §10.2.3).
function waitMs(
  { status, headers }: Response,
  now: number,
  random: number,
): number {
  if (status !== 429 && status !== 503) return 0;
  const header = headers.get("retry-after") ?? "";
  const wait = /^\d+$/.test(header)
    ? Number(header) * 1_000
    : Date.parse(header) - now;
  if (wait >= 0) return Math.min(wait, MAX_WAIT_MS);
  // Without a header 503 is an error like others, while 429 is a request.
  return status === 429 ? DEFAULT_WAIT_MS * (1 + random) : 0;
}
