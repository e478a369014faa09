import type { ComponentChildren, FunctionComponent, VNode } from "preact";
import type { Context } from "./context.ts";

/** The methods a route module can handle. */
export type Method =
  | "GET"
  | "POST"
  | "PUT"
  | "PATCH"
  | "DELETE"
  | "HEAD"
  | "OPTIONS";

/** What {@linkcode App} is constructed with. */
export interface FreshConfig {
  /** Only `""` is supported. */
  basePath?: string;
  /** @default {"production"} */
  mode?: "development" | "production";
  /** Only `false` is supported. */
  trustProxy?: boolean;
}

/** A {@linkcode FreshConfig} with every default filled in. */
export interface ResolvedFreshConfig {
  /** Folder of the build; `"."` without one. */
  root: string;
  basePath: string;
  mode: "development" | "production";
  trustProxy: boolean;
}

/** Answers a request itself or passes it on by `ctx.next()`. */
export type MiddlewareFn<State> = (
  ctx: Context<State>,
) => Response | Promise<Response>;

/** Same as {@linkcode MiddlewareFn}. */
export type Middleware<State> = MiddlewareFn<State>;

/** Data for a page, with the answer's status and headers. */
export interface PageResponse<T> {
  data: T;
  status?: number | undefined;
  headers?: HeadersInit | undefined;
}

/** What a handler may return. */
export type HandlerResult<Data> = Response | PageResponse<Data>;

/** Handles one method, or all of them. */
export type HandlerFn<Data, State> = (
  ctx: Context<State>,
) => HandlerResult<Data> | Promise<HandlerResult<Data>>;

/** Handlers by method. */
export type HandlerByMethod<Data, State> = {
  [M in Method]?: HandlerFn<Data, State>;
};

/** The `handler` export of a route module. */
export type RouteHandler<Data, State> =
  | HandlerFn<Data, State>
  | HandlerByMethod<Data, State>;

type DataOf<Result> = Awaited<Result> extends infer R
  ? R extends PageResponse<infer Data> ? Data : never
  : never;

type Returned<Fn> = Fn extends (...args: never[]) => infer R ? R : never;

/** The data that a handler gives to its page. */
export type RouteData<Handler> = Handler extends (...args: never[]) => infer R
  ? DataOf<R>
  : DataOf<Returned<Handler[keyof Handler]>>;

/** The `config` export of a route module. */
export interface RouteConfig {
  skipAppWrapper?: boolean;
  skipInheritedLayouts?: boolean;
  /** Not supported. */
  routeOverride?: string;
  /** Not supported. */
  methods?: "ALL" | Method[];
}

/** The `config` export of a layout. */
export type LayoutConfig = Pick<
  RouteConfig,
  "skipAppWrapper" | "skipInheritedLayouts"
>;

/** What pages, layouts and the app wrapper are given. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<
    Context<State>,
    | "config"
    | "error"
    | "info"
    | "isPartial"
    | "params"
    | "req"
    | "route"
    | "state"
    | "url"
  >
  & { data: Data; Component: FunctionComponent };

/** A page, layout or app wrapper, as module authors write it. */
export type PageComponent<Data, State> = (
  props: PageProps<Data, State>,
) => ComponentChildren | Response | Promise<VNode | Response | null>;
