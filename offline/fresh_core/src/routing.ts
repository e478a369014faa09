import { Context } from "./context.ts";
import { HttpError } from "./http_error.ts";
import type { MiddlewareFn, PageComponent, RouteConfig } from "./types.ts";

/** One folder of the URL space and what applies below it. */
export interface Segment<State> {
  parent?: Segment<State>;
  middlewares: MiddlewareFn<State>[];
  onError?: MiddlewareFn<State>;
  layout?: PageComponent<null, State>;
  /** Only at the root. */
  app?: PageComponent<null, State>;
}

/** One pattern and its handlers by method; `"ALL"` takes every method. */
interface Route<State> {
  pattern: string;
  matcher: URLPattern | undefined;
  handlers: Map<string, MiddlewareFn<State>>;
}

/** The routes and segments of one `app.handler()`. */
export class RouteTable<State> {
  readonly #root: Segment<State> = { middlewares: [] };
  readonly #segments = new Map<string, Segment<State>>();
  readonly #routes = new Map<string, Route<State>>();

  /** The segment of a path, made when new. */
  segment(path: string): Segment<State> {
    let [segment, key] = [this.#root, ""];
    for (const part of path.split("/").filter((p) => p && p !== "*")) {
      key += `/${part}`;
      const parent = segment;
      segment = this.#segments.get(key) ?? { parent, middlewares: [] };
      this.#segments.set(key, segment);
    }
    return segment;
  }

  /** Registers a route; the first one of a pattern and method stays. */
  add(
    method: string,
    path: string,
    chain: MiddlewareFn<State>[],
    segment = this.segment(path),
  ): void {
    const isPattern = /[:*{}()+?]/.test(path);
    const pattern = isPattern ? path : trimSlash(path);
    const matcher = isPattern ? new URLPattern({ pathname: path }) : undefined;
    const added = { pattern, matcher, handlers: new Map() };
    const route = this.#routes.get(pattern) ?? added;
    this.#routes.set(pattern, route);
    if (route.handlers.has(method)) return;
    const end = (ctx: Context<State>) => run(chain, ctx, () => fail(404));
    route.handlers.set(method, inside(segment, end));
  }

  /** Returns what answers a request, be it an error. */
  find(method: string, pathname: string) {
    const [route, params = Object.create(null)] = this.#match(pathname);
    const handlers = route?.handlers;
    const handler = handlers?.get(method) ??
      handlers?.get(method === "HEAD" ? "GET" : "ALL") ?? handlers?.get("ALL");
    const found = { route: route?.pattern ?? null };
    if (handler) return { ...found, handler, params };
    // Errors pass every root middleware, however late it was registered.
    const end = () => {
      if (!handlers) return fail(404);
      if (method !== "OPTIONS") return fail(405);
      const headers = { allow: [...handlers.keys()].join(", ") };
      return new Response(null, { status: 204, headers });
    };
    return { ...found, handler: inside(this.#root, end), params: {} };
  }

  // Literals come first, then patterns in order.
  #match(pathname: string): [Route<State>?, Record<string, string>?] {
    const literal = this.#routes.get(trimSlash(pathname));
    if (literal && !literal.matcher) return [literal];
    for (const route of this.#routes.values()) {
      const groups = route.matcher?.exec({ pathname })?.pathname.groups;
      if (groups) return decoded(groups, route);
    }
    return [];
  }
}

/** The wrappers of a page in `segment`, innermost first. */
export function wrappersOf<State>(
  segment: Segment<State> | undefined,
  { skipAppWrapper, skipInheritedLayouts }: RouteConfig,
): PageComponent<null, State>[] {
  const wrappers: PageComponent<null, State>[] = [];
  for (let s = segment; s; s = s.parent) {
    if (s.layout && !skipInheritedLayouts) wrappers.push(s.layout);
    if (s.app && !skipAppWrapper) wrappers.push(s.app);
  }
  return wrappers;
}

/** Runs `fns` one inside the other and `end` inside the last. */
export function run<State>(
  fns: readonly MiddlewareFn<State>[],
  ctx: Context<State>,
  end: MiddlewareFn<State>,
): Promise<Response> {
  const step = async (index: number): Promise<Response> => {
    const fn = fns[index];
    ctx.next = () => step(index + 1);
    const result: unknown = await (fn ?? end)(ctx);
    if (result instanceof Response) return result;
    throw new Error(
      `Expected a "Response" instance to be returned, but got: ${result}`,
    );
  };
  return step(0);
}

/**
 * Puts `end` inside what its segments hold by now.
 *
 * A segment's error route stands outside the segment's middlewares.
 */
function inside<State>(
  segment: Segment<State>,
  end: MiddlewareFn<State>,
): MiddlewareFn<State> {
  const { onError, parent } = segment;
  const middlewares = [...segment.middlewares];
  const wrapped = async (ctx: Context<State>) => {
    const enter = () => Context.enter(ctx, segment);
    enter();
    try {
      return await run(middlewares, ctx, async () => {
        try {
          return await end(ctx);
        } finally {
          // A middleware renders with its own layouts again.
          enter();
        }
      });
    } catch (error) {
      if (!onError) throw error;
      ctx.error = error;
      return await run([onError], ctx, () => fail(404));
    }
  };
  return parent ? inside(parent, wrapped) : wrapped;
}

// A malformed escape matches nothing, so it is answered with a 404.
function decoded<State>(
  groups: Record<string, string | undefined>,
  route: Route<State>,
): [Route<State>?, Record<string, string>?] {
  const params: Record<string, string> = Object.create(null);
  try {
    for (const [name, value = ""] of Object.entries(groups)) {
      params[name] = decodeURI(value);
    }
    return [route, params];
  } catch {
    return [];
  }
}

function trimSlash(path: string): string {
  return path.replace(/(?<=.)\/$/, "");
}

function fail(status: 404 | 405): Promise<never> {
  return Promise.reject(new HttpError(status));
}
