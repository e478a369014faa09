/**
 * The one door to Wix: every request that this app sends to Wix passes here.
 *
 * @module
 */
import { inSpan, markFailed } from "../observe/span.ts";
import { apiUrl } from "./api_url.ts";
import { createBackoff, endpointOf } from "./backoff.ts";
import { type Budget, OUT_OF_TIME } from "./budget.ts";
import {
  type CompleteAnswer,
  completeAnswer,
  failedAnswer,
} from "./complete_answer.ts";
import { currentBudget } from "./request_scope.ts";
import { INVALID_ID } from "./wix_error.ts";

/** What {@link createDoor} needs. */
export interface DoorOptions {
  /** Origin that answers instead of `*.wixapis.com`, such as local Wix. */
  readonly wixApiOrigin: string | undefined;
  /** Called once per request sent. */
  readonly onCall?: (call: WixCall) => void;
  /** Time for what is being answered. Default {@link currentBudget}. */
  readonly budget?: Budget;
  /** Milliseconds until an answer must be complete. Default 4,000. */
  readonly timeoutMs?: number;
  /** Largest body that is accepted, in bytes. Default 10 MiB. */
  readonly maxBytes?: number;
  /** Sends requests; a parameter for tests. Default `globalThis.fetch`. */
  readonly fetch?: typeof fetch;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
  /** 0 to 1. Default `Math.random`. */
  readonly random?: () => number;
}

/** One finished call to Wix. */
export interface WixCall {
  readonly method: string;
  readonly pathname: string;
  readonly status: number;
  readonly milliseconds: number;
}

const DEFAULT_TIMEOUT_MS = 4_000;
const DEFAULT_MAX_BYTES = 10 * 1024 * 1024;

/** Between the two tries of a call, so that they are not one moment's bad luck. */
const RETRY_DELAY_MS = 100;

/** Less time than this is not worth another try. */
const MIN_TRY_MS = 500;

/**
 * Returns a `fetch` for Wix only. Its answers are whole or say what is wrong;
 * see {@link completeAnswer}. A GET that finds no connection or a 5xx is tried
 * once more. An endpoint that asks to be left alone is, and meanwhile answers
 * 503 from here; an id that would turn the call into another one is answered
 * 400 ({@link INVALID_ID}).
 *
 * Below this, Deno's fetch has a rule of its own: when a kept connection
 * closes instead of answering, it sends the request once more, a POST too.
 * Over HTTP/2 it does so only when the server says that it did not process the
 * request. A streamed body would prevent it over HTTP/1.1 as well, but cannot
 * tell its length, which is a risk for every call against one for a few.
 *
 * @throws {TypeError} for a URL that is not Wix's.
 */
export function createDoor(options: DoorOptions): typeof fetch {
  const {
    wixApiOrigin,
    onCall,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    maxBytes = DEFAULT_MAX_BYTES,
    now = Date.now,
    random = Math.random,
  } = options;
  const backoff = createBackoff({ now, random });

  return async (input, init) => {
    const text = input instanceof Request ? input.url : String(input);
    const url = apiUrl(text, init?.body);
    if (url === undefined) {
      return failedAnswer(
        400,
        INVALID_ID,
        "An id holds what belongs to a path or query",
      );
    }
    const target = (wixApiOrigin ?? url.origin) + url.pathname + url.search;
    const method = init?.method ?? "GET";
    const endpoint = endpointOf(method, url, init?.body);
    const budget = options.budget ?? currentBudget();

    const attempt = (): Promise<CompleteAnswer> =>
      inSpan(`Wix ${endpoint}`, async (span) => {
        const send = options.fetch ?? globalThis.fetch;
        const startedAt = performance.now();
        const answer = await completeAnswer(
          (signal) => send(target, { ...init, redirect: "manual", signal }),
          {
            timeoutMs: Math.min(timeoutMs, budget.left()),
            maxBytes,
            signal: init?.signal ?? undefined,
          },
        );
        const { response } = answer;
        span.setAttribute("http.response.status_code", response.status);
        if (!response.ok) markFailed(span);
        backoff.observe(endpoint, response);
        onCall?.({
          method,
          pathname: url.pathname,
          status: response.status,
          milliseconds: performance.now() - startedAt,
        });
        return answer;
      });

    if (backoff.isWaiting(endpoint)) {
      return failedAnswer(503, "WIX_ASKED_TO_WAIT", "Wix asked to wait");
    }
    if (budget.left() <= 0) {
      const { status, code, description } = OUT_OF_TIME;
      return failedAnswer(status, code, description);
    }
    budget.begin();
    try {
      const { response, passing } = await attempt();
      const again = method === "GET" && passing &&
        budget.left() > MIN_TRY_MS && !backoff.isWaiting(endpoint);
      if (!again) return response;
      await delay(RETRY_DELAY_MS * (1 + random()));
      return (await attempt()).response;
    } finally {
      budget.end();
    }
  };
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
