import { STATUS_CODES } from "node:http";
import { type Assets, builds } from "./build.ts";
import { Context } from "./context.ts";
import { addFileRoutes, type RouteFile } from "./file_routes.ts";
import { HttpError } from "./http_error.ts";
import { type IslandModule, registerIslands } from "./islands.ts";
import { RouteTable, run } from "./routing.ts";
import type { FreshConfig, MiddlewareFn } from "./types.ts";
import type { ResolvedFreshConfig } from "./types.ts";
import { leftOut, unsupported } from "./unsupported.ts";

/** What `app.handler()` returns. */
export type AppHandler = (
  request: Request,
  info?: Deno.ServeHandlerInfo,
) => Promise<Response>;

type AddRoute<State> = (
  path: string,
  ...chain: MiddlewareFn<State>[]
) => App<State>;

const LOCAL_INFO: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 1234 },
  completed: Promise.resolve(),
};

/** A web application: middlewares and routes in order of registration. */
export class App<State> {
  readonly config: ResolvedFreshConfig = {
    root: ".",
    basePath: "",
    mode: "production",
    trustProxy: false,
  };
  // Replayed by handler(), as file routes are known only by then.
  readonly #steps: ((table: RouteTable<State>) => void)[] = [];
  #files: RouteFile<State>[] = [];

  constructor(config: FreshConfig = {}) {
    for (const key of Object.keys(config)) unsupported(`App option "${key}"`);
  }

  /** Gives `app` its build and returns the server that answers for it. */
  static serve<State>(
    app: App<State>,
    assets: Assets,
    modules: { files: RouteFile<State>[]; islands: IslandModule[] },
  ): { fetch: AppHandler } {
    modules.islands.forEach(registerIslands);
    app.config.root = assets.root;
    builds.set(app.config, assets);
    app.#files = modules.files;
    return { fetch: app.handler() };
  }

  /** Registers middlewares for everything, or for `path` and below. */
  use(...middlewares: MiddlewareFn<State>[]): this;
  use(path: string, ...middlewares: MiddlewareFn<State>[]): this;
  use(...args: (string | MiddlewareFn<State>)[]): this {
    const path = typeof args[0] === "string" ? args[0] : "/";
    if (path.length > 1 && path.endsWith("*")) {
      throw new Error(`use("${path}") would guard nothing: drop the "/*"`);
    }
    const fns = args.filter((arg) => typeof arg !== "string");
    this.#steps.push((table) => table.segment(path).middlewares.push(...fns));
    return this;
  }

  readonly all: AddRoute<State> = this.#method("ALL");
  readonly get: AddRoute<State> = this.#method("GET");
  readonly post: AddRoute<State> = this.#method("POST");

  #method(method: string): AddRoute<State> {
    return (path, ...fns) => {
      this.#steps.push((table) => table.add(method, path, fns));
      return this;
    };
  }

  /** Registers the files under `routes/`; none without a build. */
  fsRoutes(prefix?: string): this {
    if (prefix) unsupported("App.fsRoutes() with a prefix");
    this.#steps.push((table) => addFileRoutes(table, this.#files));
    return this;
  }

  /** Returns the handler for what has been registered so far. */
  handler(): AppHandler {
    const table = new RouteTable<State>();
    for (const step of this.#steps) step(table);
    const answer = async (req: Request, info: Deno.ServeHandlerInfo) => {
      const url = new URL(req.url);
      if (url.pathname.includes("//")) {
        url.pathname = url.pathname.replace(/\/{2,}/g, "/");
      }
      const { chain, ...found } = table.find(req.method, url.pathname);
      const { config } = this;
      return await run(
        chain,
        new Context({ config, info, req, url, ...found }),
      );
    };
    return async (req, info = LOCAL_INFO) => {
      const response = await answer(req, info).catch(errorResponse);
      if (req.method !== "HEAD" || !response.body) return response;
      await response.body.cancel();
      return new Response(null, response);
    };
  }

  readonly appWrapper = leftOut("App.appWrapper()");
  readonly delete = leftOut("App.delete()");
  readonly head = leftOut("App.head()");
  readonly layout = leftOut("App.layout()");
  readonly listen = leftOut("App.listen()");
  readonly mountApp = leftOut("App.mountApp()");
  readonly notFound = leftOut("App.notFound()");
  readonly onError = leftOut("App.onError()");
  readonly patch = leftOut("App.patch()");
  readonly put = leftOut("App.put()");
  readonly route = leftOut("App.route()");
  readonly ws = leftOut("App.ws()");
}

function errorResponse(error: unknown): Response {
  const known = error instanceof HttpError;
  if (!known || error.status >= 500) console.error(error);
  if (!known) return new Response("Internal server error", { status: 500 });
  const { message, status } = error;
  return new Response(message || STATUS_CODES[status], { status });
}
