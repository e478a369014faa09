import { type Context, propsOf, renderComponent } from "./context.ts";
import { HttpError } from "./http_error.ts";
import type { RouteTable } from "./routing.ts";
import type { HandlerFn, MiddlewareFn, PageComponent } from "./types.ts";
import type { RouteConfig, RouteHandler } from "./types.ts";
import { unsupported } from "./unsupported.ts";

/** The exports of a file under `routes/` that matter. */
interface FileModule<Component, Handler> {
  default?: Component;
  handler?: Handler;
  handlers?: Handler;
  config?: RouteConfig;
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
  /** Pattern of the folder, `""` at the root. */
  folder: string;
  /** Pattern of the URL. */
  path: string;
  app?: Layout<State>;
  layout?: Layout<State>;
  middleware?: FileModule<Middlewares<State>, Middlewares<State>>;
  error?: Page<State>;
  route?(): Promise<Page<State>>;
}

/** Registers the files of a build; special files come first. */
export function addFileRoutes<State>(
  table: RouteTable<State>,
  files: readonly RouteFile<State>[],
): void {
  for (const { file, folder, path, ...kind } of files) {
    const segment = table.segment(folder);
    const { app, error, layout, middleware, route } = kind;
    if (app) segment.app = wrapperOf(app, file);
    if (layout) segment.layout = wrapperOf(layout, file);
    if (middleware) segment.middlewares.push(...listOf(middleware, file));
    if (error) {
      segment.onError = (ctx) => answer(ctx, error, statusOf(ctx.error));
    }
    if (!route) continue;
    const handle = async (ctx: Context<State>) => {
      const page = await route();
      const isUseful = page.default ?? page.handler ?? page.handlers;
      if (!isUseful) missing(file, "a handler or a component");
      return answer(ctx, page, 200);
    };
    table.add("ALL", path, [handle], segment);
  }
}

function statusOf(error: unknown): number {
  return error instanceof HttpError ? error.status : 500;
}

async function answer<State>(
  ctx: Context<State>,
  { default: component, config = {}, ...module }: Page<State>,
  defaultStatus: number,
): Promise<Response> {
  if (config.routeOverride) unsupported("config.routeOverride");
  const { method } = ctx.req;
  const handler = module.handler ?? module.handlers;
  const handle = methodHandler(handler, method);
  const isPage = component && (method === "GET" || method === "HEAD");
  if (handler && !handle && !isPage) throw new HttpError(405);
  const result = handle ? await handle(ctx) : { data: {} };
  if (result instanceof Response) return result;
  const { data, headers = {}, status = defaultStatus } = result;
  ctx.data = data;
  if (!component) return await ctx.render(null, { headers, status }, config);
  const vnode = await renderComponent(component, propsOf(ctx, data));
  if (vnode instanceof Response) return vnode;
  return await ctx.render(vnode, { headers, status }, config);
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
