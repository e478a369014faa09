import { buildOf } from "./build.ts";
import { Context } from "./context.ts";
import { addFileRoutes, errorRoute, type RouteModule } from "./file_routes.ts";
import { STATUS_CODES } from "node:http";
import { HttpError } from "./http_error.ts";
import { runEndpoint } from "./pipeline.ts";
import { RouteTable } from "./route_table.ts";
import type {
  FreshConfig,
  MiddlewareFn,
  ResolvedFreshConfig,
} from "./types.ts";
import { onlyOptions, unsupported } from "./unsupported.ts";

/** What {@linkcode App.handler} returns. */
export type AppHandler = (
  request: Request,
  info?: Deno.ServeHandlerInfo,
) => Promise<Response>;

/** Registers handlers of one method; several form a chain by `ctx.next()`. */
export type RegisterRoute<State> = (
  path: string,
  ...handlers: MiddlewareFn<State>[]
) => App<State>;

const LOCAL_INFO: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 1234 },
  completed: Promise.resolve(),
};

/** A web application: middlewares and routes in order of registration. */
export class App<State> {
  readonly config: ResolvedFreshConfig;
  // Replayed by handler(), as file routes are known only by then.
  readonly #steps: ((table: RouteTable<State>) => void)[] = [];

  constructor(config: FreshConfig = {}) {
    onlyOptions("App", config, ["basePath", "mode", "trustProxy"]);
    const { basePath = "", mode = "production", trustProxy = false } = config;
    if (basePath) unsupported("App option basePath");
    if (trustProxy) unsupported("App option trustProxy");
    this.config = { root: ".", basePath, mode, trustProxy };
  }

  /** Registers middlewares for everything, or for `path` and below. */
  use(...middlewares: MiddlewareFn<State>[]): this;
  use(path: string, ...middlewares: MiddlewareFn<State>[]): this;
  use(
    first: string | MiddlewareFn<State>,
    ...rest: MiddlewareFn<State>[]
  ): this {
    const isPath = typeof first === "string";
    const path = isPath ? first : "/";
    if (path.length > 1 && path.endsWith("*")) {
      throw new Error(`use("${path}") would guard nothing: drop the "/*"`);
    }
    const fns = isPath ? rest : [first, ...rest];
    this.#steps.push((table) => table.segment(path).middlewares.push(...fns));
    return this;
  }

  readonly get: RegisterRoute<State> = this.#method("GET");
  readonly post: RegisterRoute<State> = this.#method("POST");
  readonly put: RegisterRoute<State> = this.#method("PUT");
  readonly patch: RegisterRoute<State> = this.#method("PATCH");
  readonly delete: RegisterRoute<State> = this.#method("DELETE");
  readonly head: RegisterRoute<State> = this.#method("HEAD");
  /** Handles every method. */
  readonly all: RegisterRoute<State> = this.#method("ALL");

  #method(method: string): RegisterRoute<State> {
    return (path, ...handlers) => {
      this.#steps.push((table) => table.route(method, path, handlers));
      return this;
    };
  }

  /** Answers errors of `path` and below. */
  onError(
    path: string,
    route: MiddlewareFn<State> | RouteModule<State>,
  ): this {
    const module = typeof route === "function" ? { handler: route } : route;
    this.#steps.push((table) => {
      table.segment(path).onError = errorRoute(module);
    });
    return this;
  }

  /** Registers the files under `routes/`; none without a build. */
  fsRoutes(prefix?: string): this {
    if (prefix) unsupported("App.fsRoutes() with a prefix");
    this.#steps.push((table) => {
      addFileRoutes(table, buildOf(this.config)?.files ?? []);
    });
    return this;
  }

  /** Returns the handler for what has been registered so far. */
  handler(): AppHandler {
    const table = new RouteTable<State>();
    for (const step of this.#steps) step(table);
    return async (req, info = LOCAL_INFO) => {
      const url = new URL(req.url);
      url.pathname = url.pathname.replace(/\/{2,}/g, "/");
      const { endpoint, params, route } = table.find(req.method, url.pathname);
      const { config } = this;
      const ctx = new Context<State>({ config, info, params, req, route, url });
      const response = await runEndpoint(endpoint, ctx).catch(errorResponse);
      if (req.method !== "HEAD" || !response.body) return response;
      await response.body.cancel();
      return new Response(null, response);
    };
  }

  readonly route = left("route");
  readonly ws = left("ws");
  readonly notFound = left("notFound");
  readonly appWrapper = left("appWrapper");
  readonly layout = left("layout");
  readonly mountApp = left("mountApp");
  readonly listen = left("listen");
}

function left(method: string): (...args: unknown[]) => never {
  return () => unsupported(`App.${method}()`);
}

function errorResponse(error: unknown): Response {
  const known = error instanceof HttpError;
  if (!known || error.status >= 500) console.error(error);
  if (!known) return new Response("Internal server error", { status: 500 });
  const { message, status } = error;
  return new Response(message || STATUS_CODES[status], { status });
}
