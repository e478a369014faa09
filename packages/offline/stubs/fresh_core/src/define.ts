import type { Context, LayoutConfig, MiddlewareFn } from "./context.ts";
import type { PageComponent } from "./context.ts";

/** Data for a page, with the response's status and headers. */
export interface PageResponse<T>
  extends Pick<ResponseInit, "headers" | "status"> {
  data: T;
}

/** Handles one method, or all of them. */
export type HandlerFn<Data, State> = (
  ctx: Context<State>,
) => Result<Data> | Promise<Result<Data>>;

type Result<Data> = Response | PageResponse<Data>;

/** The methods a route module can handle. */
export type Method =
  | ("GET" | "POST" | "PUT" | "PATCH")
  | ("DELETE" | "HEAD" | "OPTIONS");

/** Handlers by method. */
export type HandlerByMethod<Data, State> = {
  [M in Method]?: HandlerFn<Data, State>;
};

/** The `handler` export of a route module. */
export type RouteHandler<Data, State> =
  | HandlerFn<Data, State>
  | HandlerByMethod<Data, State>;

/** The data that handlers give to their page. */
export type RouteData<Handler> = Handler extends AnyFn ? DataOf<Handler>
  : DataOf<Handler[keyof Handler]>;

type AnyFn = (...args: never[]) => unknown;
type DataOf<Fn> = Fn extends AnyFn
  ? Extract<Awaited<ReturnType<Fn>>, PageResponse<unknown>>["data"]
  : never;

/** The `config` export of a route module. */
export interface RouteConfig extends LayoutConfig {
  /** Pattern that replaces the one of the file. */
  routeOverride?: string;
}

/** Types the modules under `routes/`. */
export interface Define<State> {
  handlers<H extends RouteHandler<unknown, State>>(handlers: H): H;
  page<H = never, Data = [H] extends [never] ? unknown : RouteData<H>>(
    render: PageComponent<Data, State>,
  ): PageComponent<Data, State>;
  layout(render: PageComponent<unknown, State>): typeof render;
  middleware<M extends MiddlewareFn<State> | MiddlewareFn<State>[]>(m: M): M;
}

/** Returns the typed helpers for one `State`. */
export function createDefine<State>(): Define<State> {
  const same = <T>(value: T) => value;
  return { handlers: same, page: same, layout: same, middleware: same };
}

/** Returned by a handler to render the route's page with `data`. */
export function page<T>(
  data: T,
  options: Omit<PageResponse<T>, "data"> = {},
): PageResponse<T> {
  return { ...options, data };
}
