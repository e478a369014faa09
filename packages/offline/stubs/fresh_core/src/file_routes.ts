import type { LayoutConfig, MiddlewareFn, PageComponent } from "./context.ts";
import { respond, respondToError } from "./respond.ts";
import type { Route, RouteHandler } from "./route_types.ts";
import type { RouteTable } from "./routing.ts";

/** The exports of a file under `routes/` that matter. */
interface FileModule<Component, Handler> {
  default?: Component;
  handler?: Handler;
  handlers?: Handler;
}

type Page<State> =
  & FileModule<PageComponent<unknown, State>, RouteHandler<unknown, State>>
  & Pick<Route<State>, "config">;
type Wrapper<State> = FileModule<PageComponent<null, State>, unknown> & {
  config?: LayoutConfig;
};
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
    if (error) segment.error = respondToError(routeOf(error, file));
    if (layout) {
      const component = componentOf(layout, file);
      segment.layout = { component, ...layout.config && layout };
    }
    if (middleware) segment.middlewares.push(...functionsOf(middleware, file));
    if (notFound) {
      const page = routeOf(notFound, file);
      table.notFound = (ctx) => respond(ctx, page);
    }
    if (!route) continue;
    const isLazy = typeof route === "function";
    const pattern = isLazy ? path : route.config?.routeOverride ?? path;
    const handle: MiddlewareFn<State> = async (ctx) =>
      await respond(ctx, routeOf(isLazy ? await route() : route, file));
    table.add("ALL", prefix + pattern, [handle], segment, file);
  }
}

function routeOf<State>(
  { default: component, config = {}, handlers, ...module }: Page<State>,
  file: string,
): Route<State> {
  const handler = module.handler ?? handlers;
  if (!handler && !component) missing(file, "a handler or a component");
  return {
    config,
    ...handler && { handler },
    ...component && { component },
  };
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
