import { type Context, type MiddlewareFn, renderComponent } from "./context.ts";
import type { PageComponent } from "./context.ts";
import type { HandlerFn, RouteConfig, RouteHandler } from "./define.ts";
import { HttpError } from "./http_error.ts";
import type { RouteTable } from "./routing.ts";

/** The exports of a file under `routes/` that matter. */
interface FileModule<Component, Handler> {
  config?: RouteConfig;
  default?: Component;
  handler?: Handler;
  handlers?: Handler;
}

type Page<State> = FileModule<
  PageComponent<unknown, State>,
  RouteHandler<unknown, State>
>;
type Wrapper<State> = FileModule<PageComponent<null, State>, unknown>;
type Middlewares<State> = MiddlewareFn<State> | MiddlewareFn<State>[];

/** One file under `routes/`: a route, or a special one. */
export interface RouteFile<State> {
  /** Name of the file, for messages and styles. */
  file: string;
  /** Pattern of the folder, groups included. */
  folder: string;
  /** Pattern of the URL. */
  path: string;
  app?: Wrapper<State>;
  layout?: Wrapper<State>;
  middleware?: FileModule<Middlewares<State>, Middlewares<State>>;
  error?: Page<State>;
  notFound?: Page<State>;
  /** Loaded at the first request, or at once when it sets its own pattern. */
  route?: Page<State> | (() => Promise<Page<State>>);
}

/** Registers the files of a build below `prefix`; special ones come first. */
export function addFileRoutes<State>(
  table: RouteTable<State>,
  files: readonly RouteFile<State>[],
  prefix: string,
): void {
  for (const { file, folder, path, ...kind } of files) {
    const segment = table.segment(prefix + folder);
    const { app, error, layout, middleware, notFound, route } = kind;
    if (app) table.app = componentOf(app, file);
    if (error) {
      const respond = responder(error, file);
      segment.error = (ctx) =>
        respond(ctx, ctx.error instanceof HttpError ? ctx.error.status : 500);
    }
    if (layout) {
      const component = componentOf(layout, file);
      segment.layout = { component, config: layout.config };
    }
    if (middleware) segment.middlewares.push(...functionsOf(middleware, file));
    if (notFound) table.notFound = responder(notFound, file);
    if (!route) continue;
    const isLazy = typeof route === "function";
    const pattern = isLazy ? path : route.config?.routeOverride ?? path;
    const handle: MiddlewareFn<State> = async (ctx) =>
      await responder(isLazy ? await route() : route, file)(ctx);
    table.add("ALL", prefix + pattern, [handle], segment, file);
  }
}

/** Responds as a file does, with `status` unless its handler sets one. */
function responder<State>(
  { default: component, config, handlers, handler = handlers }: Page<State>,
  file: string,
) {
  if (!handler && !component) missing(file, "a handler or a component");
  return async (ctx: Context<State>, status = 200): Promise<Response> => {
    const { method } = ctx.req;
    const handle = handlerFor(handler, method);
    const isPage = component && (method === "GET" || method === "HEAD");
    if (handler && !handle && !isPage) throw new HttpError(404);
    if (handle && handle.length > 1) {
      throw new Error("Handlers must only have one argument, the context");
    }
    const result = handle ? await handle(ctx) : { data: {} };
    if (result instanceof Response) return result;
    const { data, ...init } = result;
    const content = component
      ? await renderComponent(component, ctx, data)
      : null;
    if (content instanceof Response) return content;
    return await ctx.render(content, { status, ...init }, config);
  };
}

function handlerFor<State>(
  handler: RouteHandler<unknown, State> = {},
  method: string,
): HandlerFn<unknown, State> | undefined {
  if (typeof handler === "function") return handler;
  const handlers = new Map(Object.entries(handler));
  const get = method === "HEAD" ? handlers.get("GET") : undefined;
  return handlers.get(method) ?? get;
}

function componentOf<State>(
  { default: component, handler, handlers }: Wrapper<State>,
  file: string,
): PageComponent<null, State> {
  // Real Fresh warns, and does not run them.
  if (handler ?? handlers) missing(file, "a component without handlers");
  return component ?? missing(file, "a component");
}

function functionsOf<State>(
  { default: own, handler, handlers }: NonNullable<
    RouteFile<State>["middleware"]
  >,
  file: string,
): MiddlewareFn<State>[] {
  const found = [handlers ?? handler ?? own].flat();
  const list = found.filter((fn) => typeof fn === "function");
  // Real Fresh would skip handlers by method, and with them the guard.
  if (list.length === found.length) return list;
  missing(file, "a function or an array of functions");
}

function missing(file: string, what: string): never {
  throw new Error(`Could not find relevant exports in: ${file} (${what})`);
}
