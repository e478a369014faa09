import { HttpError } from "./http_error.ts";
import { runChain } from "./pipeline.ts";
import {
  type Endpoint,
  type Level,
  type Match,
  type Route,
  Router,
} from "./router.ts";
import { lineage, type Segment } from "./segment.ts";
import type { MiddlewareFn } from "./types.ts";

/** What one request runs. */
export interface Found<State> {
  endpoint: Endpoint<State>;
  params: Record<string, string>;
  route: string | null;
}

/** The routes and segments of one `app.handler()`. */
export class RouteTable<State> {
  readonly #router = new Router<State>();
  readonly #root: Segment<State> = { middlewares: [] };
  readonly #segments = new Map<string, Segment<State>>();

  /** The segment of a path, made when new. */
  segment(path: string): Segment<State> {
    const parts = path.split("/").filter((part) => part && part !== "*");
    let segment = this.#root;
    for (const [index] of parts.entries()) {
      const key = parts.slice(0, index + 1).join("/");
      const parent = segment;
      segment = this.#segments.get(key) ?? { parent, middlewares: [] };
      this.#segments.set(key, segment);
    }
    return segment;
  }

  /** Registers a route in the segment of its path, or in another one. */
  route(
    method: string,
    path: string,
    handlers: MiddlewareFn<State>[],
    segment = this.segment(path),
  ): void {
    this.#router.add(method, path, {
      // A copy: later middlewares are not for this route.
      levels: lineage(segment).map(levelOf),
      run: (ctx) => runChain(handlers, ctx, () => fail(404)),
    });
  }

  /** Returns what answers a request, be it an error. */
  find(method: string, pathname: string): Found<State> {
    const match = this.#router.match(pathname);
    const endpoint = match && endpointFor(match.route, method);
    return {
      endpoint: endpoint ?? this.#fallback(method, match),
      params: endpoint ? match.params : {},
      route: match?.route.pattern ?? null,
    };
  }

  // Runs every root middleware, however late it was registered.
  #fallback(method: string, match: Match<State> | undefined): Endpoint<State> {
    return {
      levels: [levelOf(this.#root)],
      run: () => {
        if (!match) return fail(404);
        if (method !== "OPTIONS") return fail(405);
        const allow = [...match.route.endpoints.keys()].join(", ");
        return new Response(null, { status: 204, headers: { allow } });
      },
    };
  }
}

function levelOf<State>(segment: Segment<State>): Level<State> {
  const { middlewares, onError } = segment;
  return { segment, middlewares: [...middlewares], onError };
}

function endpointFor<State>(
  { endpoints }: Route<State>,
  method: string,
): Endpoint<State> | undefined {
  return endpoints.get(method) ??
    (method === "HEAD" ? endpoints.get("GET") : undefined) ??
    endpoints.get("ALL");
}

function fail(status: 404 | 405): Promise<never> {
  return Promise.reject(new HttpError(status));
}
