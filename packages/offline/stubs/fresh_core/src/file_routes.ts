import { Context, renderComponent } from "./context.ts";
import { HttpError } from "./http_error.ts";
import type { RouteTable } from "./routing.ts";
import type { HandlerFn, MiddlewareFn, PageComponent } from "./types.ts";
import type { RouteHandler } from "./types.ts";
import { unsupported } from "./unsupported.ts";

/** The exports of a file under `routes/` that matter. */
interface FileModule<Component, Handler> {
  default?: Component;
  handler?: Handler;
  handlers?: Handler;
  config?: unknown;
}

type Page<State> = FileModule<
  PageComponent<unknown, State>,
  RouteHandler<unknown, State>
>;
type Layout<State> = FileModule<PageComponent<null, State>, never>;
type Middlewares<State> = MiddlewareFn<State> | MiddlewareFn<State>[];

/** One file under `routes/`: a route, which loads lazily, or a special one. */
export interface RouteFile<State> {
  /** Name of the file, for messages. */
  file: string;
  /** Pattern of the folder. */
  folder: string;
  /** Pattern of the URL. */
  path: string;
  app?: Layout<State>;
  layout?: Layout<State>;
  middleware?: FileModule<Middlewares<State>, Middlewares<State>>;
  route?(): Promise<Page<State>>;
}

/** Registers the files of a build; special files come first. */
export function addFileRoutes<State>(
  table: RouteTable<State>,
  files: readonly RouteFile<State>[],
): void {
  for (const { file, folder, path, ...kind } of files) {
    const segment = table.segment(folder);
    const { app, layout, middleware, route } = kind;
    if (app) segment.app = wrapperOf(app, file);
    if (layout) segment.layout = wrapperOf(layout, file);
    if (middleware) segment.middlewares.push(...listOf(middleware, file));
    if (!route) continue;
    const handle: MiddlewareFn<State> = async (ctx) =>
      await answer(ctx, await route(), file);
    table.add("ALL", path, [handle], segment);
  }
}

async function answer<State>(
  ctx: Context<State>,
  { default: component, config, ...module }: Page<State>,
  file: string,
): Promise<Response> {
  if (config) unsupported(`config in ${file}`);
  Context.setFile(ctx, file);
  const { method } = ctx.req;
  const handler = module.handler ?? module.handlers;
  if (!handler && !component) missing(file, "a handler or a component");
  const handle = methodHandler(handler, method);
  const isPage = component && (method === "GET" || method === "HEAD");
  if (handler && !handle && !isPage) throw new HttpError(405);
  const result = handle ? await handle(ctx) : { data: {} };
  if (result instanceof Response) return result;
  const { data, ...init } = result;
  const content = component
    ? await renderComponent(component, ctx, data)
    : null;
  return content instanceof Response ? content : ctx.render(content, init);
}

function methodHandler<State>(
  handler: RouteHandler<unknown, State> = {},
  method: string,
): HandlerFn<unknown, State> | undefined {
  if (typeof handler === "function") return handler;
  const handlers = new Map(Object.entries(handler));
  const get = method === "HEAD" ? handlers.get("GET") : undefined;
  return handlers.get(method) ?? get;
}

function wrapperOf<State>(
  { default: component, config }: Layout<State>,
  file: string,
): PageComponent<null, State> {
  if (config) unsupported(`config in ${file}`);
  return component ?? missing(file, "a component");
}

function listOf<State>(
  module: NonNullable<RouteFile<State>["middleware"]>,
  file: string,
): MiddlewareFn<State>[] {
  const found = [module.handlers ?? module.handler ?? module.default].flat();
  const list = found.filter((fn) => typeof fn === "function");
  // Real Fresh would skip handlers by method, and with them the guard.
  if (list.length === found.length) return list;
  missing(file, "a function or an array of functions");
}

function missing(file: string, what: string): never {
  throw new Error(`Could not find relevant exports in: ${file} (${what})`);
}
