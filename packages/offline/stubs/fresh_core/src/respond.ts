import { type Context, type MiddlewareFn, renderComponent } from "./context.ts";
import { HttpError } from "./http_error.ts";
import type { HandlerFn, Route, RouteHandler } from "./route_types.ts";

/** Responds as a route does, with this status unless its handler sets one. */
export async function respond<State>(
  ctx: Context<State>,
  { component, config, handler }: Route<State>,
  status = 200,
): Promise<Response> {
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
}

/** Responds to what was thrown, with its own status. */
export function respondToError<State>(
  page: MiddlewareFn<State> | Route<State>,
): MiddlewareFn<State> {
  if (typeof page === "function") return page;
  return (ctx) =>
    respond(ctx, page, ctx.error instanceof HttpError ? ctx.error.status : 500);
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
