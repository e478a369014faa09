import type {
  HandlerByMethod,
  MiddlewareFn,
  PageComponent,
  PageResponse,
  RouteData,
  RouteHandler,
} from "./types.ts";

/** Typed helpers for the modules under `routes/`. */
export interface Define<State> {
  /** Types a route's handlers. */
  handlers<Handlers extends RouteHandler<unknown, State>>(
    handlers: Handlers,
  ): Handlers;
  /** Types a page; `define.page<typeof handler>` infers its data. */
  page<
    Handler extends RouteHandler<unknown, State> | undefined = undefined,
    Data = Handler extends undefined ? undefined : RouteData<Handler>,
  >(render: PageComponent<Data, State>): PageComponent<Data, State>;
  /** Types a layout or the app wrapper. */
  layout(
    render: PageComponent<unknown, State>,
  ): PageComponent<unknown, State>;
  /** Types one middleware or an array of them. */
  middleware<M extends MiddlewareFn<State> | MiddlewareFn<State>[]>(
    middleware: M,
  ): M;
}

/** Returns the typed helpers for one `State`. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (render) => render,
    layout: (render) => render,
    middleware: (middleware) => middleware,
  };
}

/** Options of {@linkcode page}. */
export type PageOptions = Omit<PageResponse<unknown>, "data">;

/** Returned by a handler to render the route's page with `data`. */
export function page(): PageResponse<undefined>;
export function page<T>(data: T, options?: PageOptions): PageResponse<T>;
export function page<T>(
  data?: T,
  options: PageOptions = {},
): PageResponse<T | undefined> {
  return { ...options, data: data ?? undefined };
}

export type { HandlerByMethod };
