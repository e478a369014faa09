import type { Context, LayoutConfig, MiddlewareFn } from "./context.ts";
import type { PageComponent, Wrappers } from "./context.ts";
import { pageWrappers } from "./context.ts";
import { HttpError } from "./http_error.ts";

/** One folder of the URL space and what applies below it. */
export interface Segment<State> {
  parent?: Segment<State>;
  middlewares: MiddlewareFn<State>[];
  layout?: PageComponent<null, State>;
  layoutConfig?: LayoutConfig | undefined;
  error?: MiddlewareFn<State>;
}

/** A function of a chain, and what surrounds the pages it renders. */
interface Link<State> {
  fn: MiddlewareFn<State>;
  around: Wrappers<State>;
}

/** One pattern and its chains by method; `"ALL"` takes every method. */
interface Entry<State> {
  pattern: string;
  matcher: URLPattern | undefined;
  chains: Map<string, Link<State>[]>;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/** The routes and segments of one `app.handler()`. */
export class RouteTable<State> {
  app: PageComponent<null, State> | undefined;
  notFound: MiddlewareFn<State> | undefined;
  readonly #root: Segment<State> = { middlewares: [] };
  readonly #segments = new Map([["", this.#root]]);
  readonly #entries = new Map<string, Entry<State>>();

  /** The segment of a path, made when new. */
  segment(path: string): Segment<State> {
    const key = path.replace(/[/*]+$/, "");
    const known = this.#segments.get(key);
    if (known) return known;
    const parent = this.segment(key.slice(0, key.lastIndexOf("/")));
    const segment = { parent, middlewares: [] };
    this.#segments.set(key, segment);
    return segment;
  }

  /** Registers a route; the first one of a pattern and method stays. */
  add(
    method: string,
    path: string,
    fns: MiddlewareFn<State>[],
    segment = this.segment(path),
    file?: string,
  ): void {
    const isPattern = /[:*{}()+?]/.test(path);
    const pattern = isPattern ? path : trimSlash(path);
    const matcher = isPattern ? new URLPattern({ pathname: path }) : undefined;
    const { chains } = this.#entries.get(pattern) ?? { chains: new Map() };
    this.#entries.set(pattern, { pattern, matcher, chains });
    if (!chains.has(method)) {
      chains.set(method, this.#chain(segment, fns, file));
    }
  }

  /** Returns what responds to a request, be it with an error. */
  find(method: string, pathname: string) {
    const { route, params } = this.#match(pathname);
    const chain = METHODS.includes(method)
      ? route?.chains.get(method) ??
        route?.chains.get(method === "HEAD" ? "GET" : "ALL") ??
        route?.chains.get("ALL")
      : undefined;
    // This passes every root middleware, however late it was registered.
    const end = () => respondWithout(route, method);
    return {
      chain: chain ?? this.#chain(this.#root, [end]),
      params,
      route: route?.pattern ?? null,
    };
  }

  // Literals come first, then patterns in order.
  #match(pathname: string) {
    const literal = this.#entries.get(trimSlash(pathname));
    if (literal && !literal.matcher) return { route: literal, params: {} };
    for (const route of this.#entries.values()) {
      const groups = route.matcher?.exec({ pathname })?.pathname.groups;
      if (groups) return { route, params: decoded(groups) };
    }
    return { route: undefined, params: {} };
  }

  // What is registered later does not count, so everything is copied.
  #chain(
    segment: Segment<State>,
    fns: readonly MiddlewareFn<State>[] = [],
    file?: string,
  ): Link<State>[] {
    const { error, middlewares, parent } = segment;
    const around = this.#wrappers(segment);
    return [
      ...parent ? this.#chain(parent) : [],
      { fn: this.#boundary(error), around },
      ...middlewares.map((fn) => ({ fn, around })),
      ...fns.map((fn) => ({ fn, around: { ...around, file } })),
    ];
  }

  // Errors leave a segment by its own page, outside its own middlewares.
  #boundary(error: MiddlewareFn<State> | undefined): MiddlewareFn<State> {
    return async (ctx) => {
      try {
        return await ctx.next();
      } catch (thrown) {
        ctx.error = thrown;
        const isMissing = thrown instanceof HttpError && thrown.status === 404;
        const handle = isMissing && this.notFound || error;
        if (!handle) throw thrown;
        return await handle(ctx);
      }
    };
  }

  #wrappers(segment: Segment<State>): Wrappers<State> {
    const { layout, layoutConfig: config, parent } = segment;
    const { layouts, app } = parent
      ? this.#wrappers(parent)
      : { layouts: [], app: this.app };
    const inherited = config?.skipInheritedLayouts ? [] : layouts;
    return {
      layouts: layout ? [layout, ...inherited] : inherited,
      app: config?.skipAppWrapper ? undefined : app,
    };
  }
}

/** Runs the chain from `index` on, each function inside the one before. */
export async function run<State>(
  chain: readonly Link<State>[],
  ctx: Context<State>,
  index = 0,
): Promise<Response> {
  const link = chain[index];
  if (!link) throw new HttpError(404);
  const outer = pageWrappers.get(ctx);
  pageWrappers.set(ctx, link.around);
  ctx.next = () => run(chain, ctx, index + 1);
  try {
    const result = await link.fn(ctx);
    if (result instanceof Response) return result;
    throw new Error(
      `Expected a "Response" instance to be returned, but got: ${result}`,
    );
  } finally {
    // What the outer function renders after next() has its own layouts again.
    if (outer) pageWrappers.set(ctx, outer);
  }
}

function respondWithout<State>(
  route: Entry<State> | undefined,
  method: string,
): Response {
  if (!route) throw new HttpError(404);
  if (method !== "OPTIONS") throw new HttpError(405);
  const methods = [...route.chains.keys()].filter((name) => name !== "HEAD");
  const headers = { allow: methods.join(", ") };
  return new Response(null, { status: 204, headers });
}

function decoded(
  groups: Record<string, string | undefined>,
): Record<string, string> {
  try {
    const params = Object.entries(groups)
      .map(([name, value = ""]) => [name, decodeURI(value)]);
    return Object.assign(Object.create(null), Object.fromEntries(params));
  } catch {
    throw new HttpError(400);
  }
}

function trimSlash(path: string): string {
  return path.replace(/(?<=.)\/$/, "");
}
