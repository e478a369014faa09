import { type Context, type MiddlewareFn, renderComponent } from "./context.ts";
import type { HandlerFn, RouteHandler } from "./define.ts";
import { HttpError } from "./http_error.ts";
import type { RouteTable } from "./routing.ts";

// deno-lint-ignore no-explicit-any -- exports are what an author has written
type FileModule = Record<string, any>;

/** One file under `routes/`: a route, or a special one. */
export interface RouteFile {
  /** Name of the file, for messages and styles. */
  file: string;
  /** Pattern of the folder, groups included. */
  folder: string;
  /** Pattern of the URL. */
  path: string;
  kind: "app" | "error" | "layout" | "middleware" | "notFound" | "route";
  /** A route is loaded at its first request, unless it sets its pattern. */
  module: FileModule | (() => Promise<FileModule>);
}

/** Registers the files of a build below `prefix`; special ones come first. */
export function addFileRoutes<State>(
  table: RouteTable<State>,
  files: readonly RouteFile[],
  prefix: string,
): void {
  for (const { file, folder, path, kind, module } of files) {
    const segment = table.segment(prefix + folder);
    const isLazy = typeof module === "function";
    if (isLazy || kind === "route") {
      const pattern = isLazy ? path : module.config?.routeOverride ?? path;
      const handle: MiddlewareFn<State> = async (ctx) =>
        await responder(isLazy ? await module() : module, file)(ctx);
      table.add("ALL", prefix + pattern, [handle], segment, file);
    } else if (kind === "app") {
      table.app = componentOf(module, file);
    } else if (kind === "layout") {
      segment.layout = componentOf(module, file);
      segment.layoutConfig = module.config;
    } else if (kind === "middleware") {
      segment.middlewares.push(...functionsOf(module, file));
    } else if (kind === "notFound") {
      table.notFound = responder(module, file);
    } else {
      const respond = responder(module, file);
      segment.error = (ctx) =>
        respond(ctx, ctx.error instanceof HttpError ? ctx.error.status : 500);
    }
  }
}

/** Responds as a file does, with `status` unless its handler sets one. */
function responder(
  { default: component, config, handlers, handler = handlers }: FileModule,
  file: string,
) {
  if (!handler && !component) missing(file, "a handler or a component");
  return async <State>(ctx: Context<State>, status = 200) => {
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

function componentOf(
  { default: component, handler, handlers }: FileModule,
  file: string,
) {
  // Real Fresh warns, and does not run them.
  if (handler ?? handlers) missing(file, "a component without handlers");
  return component ?? missing(file, "a component");
}

function functionsOf(module: FileModule, file: string) {
  const found = [module.handlers ?? module.handler ?? module.default].flat();
  // Real Fresh would skip handlers by method, and with them the guard.
  if (found.every((fn) => typeof fn === "function")) return found;
  missing(file, "a function or an array of functions");
}

function missing(file: string, what: string): never {
  throw new Error(`Could not find relevant exports in: ${file} (${what})`);
}
