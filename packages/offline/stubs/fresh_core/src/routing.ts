import { Context } from "./context.ts";
import { HttpError } from "./http_error.ts";
import type { MiddlewareFn, PageComponent } from "./types.ts";

/** One folder of the URL space and what applies below it. */
export interface Segment<State> {
  parent?: Segment<State>;
  middlewares: MiddlewareFn<State>[];
  layout?: PageComponent<null, State>;
  /** Only at the root. */
  app?: PageComponent<null, State>;
}

/** A function of a chain, and the segment whose layouts it renders with. */
interface Step<State> {
  fn: MiddlewareFn<State>;
  segment: Segment<State>;
}

/** One pattern and its chains by method; `"ALL"` takes every method. */
interface Route<State> {
  pattern: string;
  matcher: URLPattern | undefined;
  chains: Map<string, Step<State>[]>;
}

/** The routes and segments of one `app.handler()`. */
export class RouteTable<State> {
  readonly #segments = new Map<string, Segment<State>>([
    ["", { middlewares: [] }],
  ]);
  readonly #routes = new Map<string, Route<State>>();

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
  ): void {
    const isPattern = /[:*{}()+?]/.test(path);
    const pattern = isPattern ? path : trimSlash(path);
    const matcher = isPattern ? new URLPattern({ pathname: path }) : undefined;
    const added = { pattern, matcher, chains: new Map() };
    const { chains } = this.#routes.get(pattern) ?? added;
    this.#routes.set(pattern, { ...added, chains });
    if (!chains.has(method)) chains.set(method, chainOf(segment, fns));
  }

  /** Returns what answers a request, be it an error. */
  find(method: string, pathname: string) {
    const { route, params } = this.#match(pathname);
    const chain = route?.chains.get(method) ??
      route?.chains.get(method === "HEAD" ? "GET" : "ALL") ??
      route?.chains.get("ALL");
    // Errors pass every root middleware, however late it was registered.
    const end = () => fail(route ? 405 : 404);
    return {
      chain: chain ?? chainOf(this.segment(""), [end]),
      params,
      route: route?.pattern ?? null,
    };
  }

  // Literals come first, then patterns in order.
  #match(pathname: string) {
    const literal = this.#routes.get(trimSlash(pathname));
    if (literal && !literal.matcher) return { route: literal, params: {} };
    for (const route of this.#routes.values()) {
      const groups = route.matcher?.exec({ pathname })?.pathname.groups;
      if (groups) return { route, params: decoded(groups) };
    }
    return { route: undefined, params: {} };
  }
}

/** Runs the chain from `index` on, each function inside the one before. */
export async function run<State>(
  chain: readonly Step<State>[],
  ctx: Context<State>,
  index = 0,
): Promise<Response> {
  const { fn, segment } = chain[index] ?? fail(404);
  const outer = Context.enter(ctx, segment);
  ctx.next = () => run(chain, ctx, index + 1);
  try {
    const result: unknown = await fn(ctx);
    if (result instanceof Response) return result;
    throw new Error(
      `Expected a "Response" instance to be returned, but got: ${result}`,
    );
  } finally {
    // What the outer function renders after next() has its own layouts again.
    Context.enter(ctx, outer);
  }
}

/** The wrappers of a page in a segment, innermost first. */
export function wrappersOf<State>(
  { app, layout, parent }: Segment<State>,
): PageComponent<null, State>[] {
  const own = [layout, app].filter((wrapper) => wrapper !== undefined);
  return parent ? [...own, ...wrappersOf(parent)] : own;
}

// What is registered later does not count, so it is copied.
function chainOf<State>(
  segment: Segment<State>,
  fns: readonly MiddlewareFn<State>[] = [],
): Step<State>[] {
  const own = [...segment.middlewares, ...fns].map((fn) => ({ fn, segment }));
  return segment.parent ? [...chainOf(segment.parent), ...own] : own;
}

function decoded(
  groups: Record<string, string | undefined>,
): Record<string, string> {
  const params: Record<string, string> = Object.create(null);
  for (const [name, value = ""] of Object.entries(groups)) {
    params[name] = decodeURI(value);
  }
  return params;
}

function trimSlash(path: string): string {
  return path.replace(/(?<=.)\/$/, "");
}

function fail(status: 404 | 405): never {
  throw new HttpError(status);
}
