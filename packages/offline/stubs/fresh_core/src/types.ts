import type { ComponentChildren, FunctionComponent } from "preact";
import type { Context } from "./context.ts";

/** The config, which is fixed here; `root` is the folder of the build. */
export interface ResolvedFreshConfig {
  root: string;
  basePath: string;
  mode: "development" | "production";
  trustProxy: boolean;
}

/** What an `App` is constructed with: nothing, here. */
export type FreshConfig = Partial<Omit<ResolvedFreshConfig, "root">>;

/** Answers a request itself or passes it on by `ctx.next()`. */
export type MiddlewareFn<State> = (
  ctx: Context<State>,
) => Response | Promise<Response>;

/** Data for a page, with the answer's status and headers. */
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

/** What pages, layouts and the app wrapper are given. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<
    Context<State>,
    "config" | "info" | "params" | "req" | "route" | "state" | "url"
  >
  & { data: Data; Component: FunctionComponent };

/** A page, layout or app wrapper, as module authors write it. */
export type PageComponent<Data, State> = (
  props: PageProps<Data, State>,
) => ComponentChildren | Response | Promise<ComponentChildren | Response>;
