/**
 * The one door to Wix: every request that this app sends to Wix passes here.
 *
 * @module
 */
import { createBackoff } from "./backoff.ts";
import {
  type CompleteAnswer,
  completeAnswer,
  failedAnswer,
} from "./complete_answer.ts";

/** What {@link createDoor} needs. */
export interface DoorOptions {
  /** Origin that answers instead of `*.wixapis.com`, such as local Wix. */
  readonly wixApiOrigin: string | undefined;
  /** Called once per request sent. */
  readonly onCall?: (call: WixCall) => void;
  /** Milliseconds left for what is being answered. Default no limit. */
  readonly timeLeft?: () => number;
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

/** The hosts that the SDK talks to. A token goes nowhere else. */
const WIX_HOSTS = new Set(["www.wixapis.com", "edge.wixapis.com"]);

const DEFAULT_TIMEOUT_MS = 4_000;
const DEFAULT_MAX_BYTES = 10 * 1024 * 1024;

/** Between the two tries of a call, so that they are not one moment's bad luck. */
const RETRY_DELAY_MS = 100;

/** Less time than this is not worth another try. */
const MIN_TRY_MS = 500;

const GUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * Returns a `fetch` for Wix only. Its answers are whole or say what is wrong;
 * see {@link completeAnswer}. A GET that finds no connection or a 5xx is tried
 * once more. An endpoint that asks to be left alone is, and meanwhile answers
 * 503 from here.
 *
 * @throws {TypeError} for a URL that is not Wix's, or whose path changes when
 * it is resolved: the SDK puts ids into paths as they are, so that an id such
 * as `../../members/v1/members/my` would call something else. An id with `?` or
 * `#` is not noticed here: check ids that come from a request, as orders do.
 */
export function createDoor(options: DoorOptions): typeof fetch {
  const {
    wixApiOrigin,
    onCall,
    timeLeft = () => Infinity,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    maxBytes = DEFAULT_MAX_BYTES,
    now = Date.now,
    random = Math.random,
  } = options;
  const backoff = createBackoff({ now, random });

  return async (input, init) => {
    const url = wixUrl(input);
    const target = wixApiOrigin === undefined
      ? url
      : new URL(url.pathname + url.search, wixApiOrigin);
    const method = init?.method ?? "GET";
    const endpoint = `${method} ${url.pathname.replaceAll(GUID, "{id}")}`;

    const attempt = async (): Promise<CompleteAnswer> => {
      const send = options.fetch ?? globalThis.fetch;
      const startedAt = performance.now();
      const answer = await completeAnswer(
        (signal) => send(target, { ...init, redirect: "manual", signal }),
        {
          timeoutMs: Math.min(timeoutMs, Math.max(timeLeft(), 1)),
          maxBytes,
          signal: init?.signal ?? undefined,
        },
      );
      const { response } = answer;
      backoff.observe(endpoint, response);
      onCall?.({
        method,
        pathname: url.pathname,
        status: response.status,
        milliseconds: performance.now() - startedAt,
      });
      return answer;
    };

    if (backoff.isWaiting(endpoint)) {
      return failedAnswer(503, "WIX_ASKED_TO_WAIT", "Wix asked to wait");
    }
    const { response, passing } = await attempt();
    const again = method === "GET" && passing && timeLeft() > MIN_TRY_MS &&
      !backoff.isWaiting(endpoint);
    if (!again) return response;
    await delay(RETRY_DELAY_MS * (1 + random()));
    return (await attempt()).response;
  };
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function wixUrl(input: RequestInfo | URL): URL {
  const text = input instanceof Request ? input.url : String(input);
  const url = new URL(text);
  if (url.protocol !== "https:" || !WIX_HOSTS.has(url.host)) {
    throw new TypeError("Cannot call Wix: the URL is not a Wix API's");
  }
  const sentPath = /^https:\/\/[^/]+([^?#]*)/.exec(text)?.[1] ?? "";
  if (url.pathname !== sentPath || url.pathname.includes("//")) {
    throw new TypeError("Cannot call Wix: an id contains characters of a path");
  }
  return url;
}
