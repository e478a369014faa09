import type { MiddlewareFn, PageComponent } from "./context.ts";
import type { PageResponse, RouteData, RouteHandler } from "./route_types.ts";

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
