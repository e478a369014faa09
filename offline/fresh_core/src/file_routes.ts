import type { RouteFile } from "./build.ts";
import { type Context, propsOf, renderComponent } from "./context.ts";
import { HttpError } from "./http_error.ts";
import type { RouteTable } from "./route_table.ts";
import type { Wrapper } from "./segment.ts";
import type {
  HandlerFn,
  MiddlewareFn,
  PageComponent,
  PageResponse,
  RouteConfig,
  RouteHandler,
} from "./types.ts";
import { unsupported } from "./unsupported.ts";

/** The exports of a route file that matter. */
export interface RouteModule<State> {
  handler?: RouteHandler<unknown, State> | undefined;
  component?: PageComponent<unknown, State> | undefined;
  config?: RouteConfig | undefined;
}

/** Registers the files of a build, folders' special files first. */
export function addFileRoutes<State>(
  table: RouteTable<State>,
  files: readonly RouteFile[],
): void {
  for (const { kind, file, folder, path, load } of files) {
    const segment = table.segment(folder);
    switch (kind) {
      case "app":
        segment.app = wrapperOf(load(), file);
        break;
      case "layout":
        segment.layout = wrapperOf(load(), file);
        break;
      case "middleware":
        segment.middlewares.push(...middlewaresOf<State>(load(), file));
        break;
      case "error":
        segment.onError = errorRoute(routeOf<State>(load(), file));
        break;
      case "route":
        table.route("ALL", path, [
          async (ctx) => await answer(ctx, routeOf(await load(), file), 200),
        ], segment);
    }
  }
}

/** Answers with the route's page or handler; `ctx.error` says why. */
export function errorRoute<State>(
  route: RouteModule<State>,
): (ctx: Context<State>) => Promise<Response> {
  return (ctx) => {
    const { error } = ctx;
    return answer(ctx, route, error instanceof HttpError ? error.status : 500);
  };
}

async function answer<State>(
  ctx: Context<State>,
  { handler, component, config = {} }: RouteModule<State>,
  defaultStatus: number,
): Promise<Response> {
  if (config.routeOverride) unsupported("config.routeOverride");
  const handle = methodHandler(handler, ctx.req.method);
  const isRead = ctx.req.method === "GET" || ctx.req.method === "HEAD";
  if (handler && !handle && !(component && isRead)) throw new HttpError(405);
  const result: unknown = handle ? await handle(ctx) : { data: {} };
  if (result instanceof Response) return result;
  if (!isPageResponse(result)) {
    throw new Error(`Expected a Response or page(), but got: ${result}`);
  }
  const { data, headers = {}, status = defaultStatus } = result;
  ctx.data = data;
  if (!component) return await ctx.render(null, { headers, status }, config);
  const vnode = await renderComponent(component, propsOf(ctx, data));
  if (vnode instanceof Response) return vnode;
  return await ctx.render(vnode, { headers, status }, config);
}

function methodHandler<State>(
  handler: RouteHandler<unknown, State> | undefined,
  method: string,
): HandlerFn<unknown, State> | undefined {
  if (typeof handler === "function") return handler;
  const handlers = new Map(Object.entries(handler ?? {}));
  return handlers.get(method) ??
    (method === "HEAD" ? handlers.get("GET") : undefined);
}

function routeOf<State>(module: unknown, file: string): RouteModule<State> {
  const { config, default: component, ...rest } = exportsOf(module);
  const handler = rest.handler ?? rest.handlers;
  if (!isHandler<State>(handler) && !isComponent<unknown, State>(component)) {
    throw new Error(`Could not find relevant exports in: ${file}`);
  }
  return {
    handler: isHandler<State>(handler) ? handler : undefined,
    component: isComponent<unknown, State>(component) ? component : undefined,
    config: exportsOf(config),
  };
}

function wrapperOf<State>(module: unknown, file: string): Wrapper<State> {
  const { config, default: component } = exportsOf(module);
  if (isComponent<null, State>(component)) {
    return { component, config: exportsOf(config) };
  }
  throw new Error(`Could not find relevant exports in: ${file}`);
}

function middlewaresOf<State>(
  module: unknown,
  file: string,
): MiddlewareFn<State>[] {
  const { handler, handlers, default: fallback } = exportsOf(module);
  const found = handlers ?? handler ?? fallback;
  const list = Array.isArray(found) ? found : [found];
  if (list.every(isMiddleware<State>)) return list;
  // Real Fresh would skip handlers by method, and with them the guard.
  throw new Error(
    `Could not find relevant exports in: ${file} ` +
      "(a middleware is a function or an array of functions)",
  );
}

function exportsOf(module: unknown): Record<string, unknown> {
  return typeof module === "object" && module !== null ? { ...module } : {};
}

function isMiddleware<State>(value: unknown): value is MiddlewareFn<State> {
  return typeof value === "function";
}

function isComponent<Data, State>(
  value: unknown,
): value is PageComponent<Data, State> {
  return typeof value === "function";
}

function isHandler<State>(
  value: unknown,
): value is RouteHandler<unknown, State> {
  return typeof value === "function" ||
    (typeof value === "object" && value !== null && !Array.isArray(value));
}

function isPageResponse(value: unknown): value is PageResponse<unknown> {
  return typeof value === "object" && value !== null && "data" in value;
}
