/**
 * Leaving Wix alone for as long as it asks for (429 and 503).
 *
 * @module
 */

/** Remembers, in this process, which endpoints want to be left alone. */
export interface Backoff {
  /** Returns whether an endpoint should not be called now. */
  isWaiting(endpoint: string): boolean;
  /** Takes note of an answer. */
  observe(endpoint: string, response: Response): void;
}

/** What {@link createBackoff} needs. */
export interface BackoffOptions {
  /** Milliseconds. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
}

/** Longer waits are not believed: a wrong header must not stop a site. */
const MAX_WAIT_MS = 60_000;

/** Wait after a 429 that does not say for how long. */
const DEFAULT_WAIT_MS = 1_000;

const MAX_ENDPOINTS = 1_000;

const GUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** The grants of the token endpoint have limits of their own. */
const GRANT = /"grant_?type":"(\w+)"/i;

/**
 * Returns what an endpoint is called here: its method and path without ids, and
 * for the token endpoint the grant.
 *
 * @param body Of the request.
 */
export function endpointOf(
  method: string,
  { pathname }: Pick<URL, "pathname">,
  body: unknown,
): string {
  const endpoint = `${method} ${pathname.replaceAll(GUID, "{id}")}`;
  if (pathname !== "/oauth2/token") return endpoint;
  return `${endpoint} ${GRANT.exec(String(body))?.[1] ?? ""}`;
}

/** Returns an empty {@link Backoff}. */
export function createBackoff({ now, random }: BackoffOptions): Backoff {
  const waits = new Map<string, number>();

  return {
    isWaiting(endpoint) {
      const until = waits.get(endpoint);
      if (until === undefined) return false;
      const left = until - now();
      // More than was ever asked for: the clock was set back.
      if (left > 0 && left <= MAX_WAIT_MS) return true;
      waits.delete(endpoint);
      return false;
    },

    observe(endpoint, { status, headers }) {
      if (status !== 429 && status !== 503) return;
      const asked = retryAfterMs(headers.get("retry-after"), now());
      // Without a header 503 is an error like others, while 429 is a request.
      if (status === 503 && asked === undefined) return;
      const wait = asked ?? DEFAULT_WAIT_MS * (1 + random());
      if (waits.size >= MAX_ENDPOINTS) waits.clear();
      waits.set(endpoint, now() + wait);
    },
  };
}

/**
 * Returns the milliseconds that a `Retry-After` header asks for, from 0 to a
 * minute; `undefined` when there is none or it makes no sense.
 *
 * @param now Milliseconds since 1970.
 * @see RFC 9110 §10.2.3
 */
export function retryAfterMs(
  header: string | null,
  now: number,
): number | undefined {
  if (header === null) return undefined;
  const wait = /^\d+$/.test(header)
    ? Number(header) * 1_000
    : Date.parse(header) - now;
  return wait >= 0 ? Math.min(wait, MAX_WAIT_MS) : undefined;
}
