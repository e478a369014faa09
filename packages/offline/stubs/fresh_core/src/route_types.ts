import type { Context, LayoutConfig, PageComponent } from "./context.ts";

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

/** A route by code, or a page for errors. */
export interface Route<State> {
  // deno-lint-ignore no-explicit-any -- only the two together know the data
  component?: PageComponent<any, State>;
  handler?: RouteHandler<unknown, State>;
  config?: RouteConfig;
}
