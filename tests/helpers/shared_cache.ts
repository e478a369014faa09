/**
 * A shared HTTP cache in front of a server (RFC 9111), with what Deno Deploy's adds:
 * a header of its own for how long, tags, and a URL that purges them.
 *
 * @see https://docs.deno.com/deploy/reference/caching/
 * @module
 */
// @ts-types="npm:@types/http-cache-semantics@4.2.0"
import CachePolicy from "http-cache-semantics";

/** A response that the cache has stored. */
export interface Stored {
  readonly url: string;
  readonly requestHeaders: Headers;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A running cache. */
export interface SharedCache extends AsyncDisposable {
  /** The origin it listens on. Its `/invalidate/http` is that of Deno Deploy. */
  readonly origin: string;
  /** The server behind it. */
  upstream: string;
  /** Status of the reply to a purge; 204 purges. */
  purgeStatus: number;
  /** Everything that was ever stored. */
  readonly stored: readonly Stored[];
  /** Number of responses by their `Cache-Status`, such as `deno; hit`. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Tags of each purge. */
  readonly purges: readonly (readonly string[])[];
  /** Resolves once a tag has been purged, after this call. */
  purged(tag: string): Promise<void>;
}

interface Entry extends Stored {
  readonly policy: CachePolicy;
  readonly tags: readonly string[];
}

/** Statuses that Deno Deploy stores. */
const STATUSES = [200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501];
/** Failures that `stale-if-error` is about (RFC 5861). */
const FAILURES = [500, 502, 503, 504];

/** Starts a cache. `now` is its clock, in milliseconds. */
export function startSharedCache(now: () => number): SharedCache {
  class Policy extends CachePolicy {
    now(): number {
      return now();
    }
  }
  /** The variants of each URL; see `Vary`. */
  const entries = new Map<string, Entry[]>();
  const stored: Stored[] = [];
  const outcomes: Record<string, number> = {};
  const purges: string[][] = [];
  const waiting = new Map<string, PromiseWithResolvers<void>>();

  /** Sends a request on and stores the response, if it may. */
  async function forward(request: Request, reason: string): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const response = await fetch(cache.upstream + pathname + search, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: "manual",
    });
    const body = await response.text();
    const { status, headers } = response;
    const policy = new Policy(
      toPolicyRequest(request),
      { status, headers: targeted(headers) },
      { shared: true },
    );
    const problem = request.method !== "GET"
      ? "method"
      : headers.has("set-cookie")
      ? "bypass; detail=set-cookie"
      : !STATUSES.includes(status) || !policy.storable()
      ? "bypass; detail=no-cache-or-private"
      : policy.timeToLive() <= 0
      ? "bypass; detail=zero-ttl"
      : undefined;
    if (problem !== undefined) {
      return reply({ status, headers, body }, `fwd=${problem}`);
    }
    const tags = headers.get("deno-cache-tag")?.toLowerCase().split(",") ?? [];
    const entry = {
      url: request.url,
      requestHeaders: new Headers(request.headers),
      ...{ status, headers, body, policy, tags },
    };
    stored.push(entry);
    const others = (entries.get(request.url) ?? []).filter(({ policy }) =>
      !matches(policy, request)
    );
    entries.set(request.url, [...others, entry]);
    return reply(entry, `fwd=${reason}; stored`);
  }

  async function respond(request: Request): Promise<Response> {
    if (!["GET", "HEAD"].includes(request.method)) {
      return await forward(request, "method");
    }
    const variants = entries.get(request.url);
    if (variants === undefined) return await forward(request, "uri-miss");
    const entry = variants.find(({ policy }) => matches(policy, request));
    if (entry === undefined) return await forward(request, "miss");
    const { response, revalidation } = entry.policy.evaluateRequest(
      toPolicyRequest(request),
    );
    if (response === undefined) {
      const fresh = await forward(request, "stale");
      if (!FAILURES.includes(fresh.status) || !mayBeStale(entry)) return fresh;
      await fresh.body?.cancel();
      return reply(entry, "hit; detail=stale-if-error");
    }
    if (revalidation !== undefined) {
      const fresh = await forward(request, "stale");
      await fresh.body?.cancel();
    }
    return reply(entry, "hit");
  }

  function reply(
    { status, headers, body }: Pick<Stored, "status" | "headers" | "body">,
    outcome: string,
  ): Response {
    const value = `deno; ${outcome}`;
    outcomes[value] = (outcomes[value] ?? 0) + 1;
    const copy = new Headers(headers);
    copy.set("cache-status", value);
    copy.delete("content-length");
    const isEmpty = [204, 304].includes(status);
    return new Response(isEmpty ? null : body, { status, headers: copy });
  }

  function purge(tags: string[]): void {
    purges.push(tags);
    for (const tag of tags) {
      waiting.get(tag)?.resolve();
      waiting.delete(tag);
    }
    for (const [url, variants] of entries) {
      const left = variants.filter((entry) =>
        !tags.some((tag) => tag === "*" || entry.tags.includes(tag))
      );
      if (left.length > 0) entries.set(url, left);
      else entries.delete(url);
    }
  }

  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      if (new URL(request.url).pathname !== "/invalidate/http") {
        return await respond(request);
      }
      const { tags } = await request.json();
      const { purgeStatus: status } = cache;
      if (status === 204) purge(tags.map((tag: string) => tag.toLowerCase()));
      return new Response(null, { status });
    },
  );
  const cache: SharedCache = {
    origin: `http://127.0.0.1:${server.addr.port}`,
    upstream: "",
    purgeStatus: 204,
    stored,
    outcomes,
    purges,
    purged(tag: string) {
      const resolvers = waiting.get(tag) ?? Promise.withResolvers<void>();
      waiting.set(tag, resolvers);
      return resolvers.promise;
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
  return cache;
}

/** The headers as this cache reads them: its own outranks the common one. */
function targeted(headers: Headers): Record<string, string> {
  const own = headers.get("deno-cdn-cache-control") ??
    headers.get("cdn-cache-control");
  return {
    ...Object.fromEntries(headers),
    ...(own !== null && { "cache-control": own }),
  };
}

function toPolicyRequest({ url, method, headers }: Request) {
  return { url, method, headers: Object.fromEntries(headers) };
}

/** Whether a stored response was selected by the same request headers. */
function matches(policy: CachePolicy, request: Request): boolean {
  const { resh: { vary }, reqh } = policy.toObject();
  const names = String(vary ?? "").toLowerCase().split(/\s*,\s*/);
  return names.filter(Boolean).every((name) =>
    (reqh?.[name] ?? null) === request.headers.get(name)
  );
}

/** Whether RFC 5861 §4 allows the response when there is no other. */
function mayBeStale({ policy }: Entry): boolean {
  const seconds = Number(policy.toObject().rescc["stale-if-error"] ?? 0);
  return policy.age() < policy.maxAge() + seconds;
}
