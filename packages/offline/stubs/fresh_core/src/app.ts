import { STATUS_CODES } from "node:http";
import { type Assets, builds } from "./assets.ts";
import { Context, type FreshConfig, type MiddlewareFn } from "./context.ts";
import type { ResolvedFreshConfig } from "./context.ts";
import { addFileRoutes, type RouteFile } from "./file_routes.ts";
import { HttpError } from "./http_error.ts";
import { type IslandModule, registerIslands } from "./islands.ts";
import { RouteTable, run } from "./routing.ts";
import { leftOut, unsupported } from "./unsupported.ts";

/** What `app.handler()` returns. */
export type AppHandler = (
  request: Request,
  info?: Deno.ServeHandlerInfo,
) => Promise<Response>;

type AddRoute<State> = (
  path: string,
  ...fns: MiddlewareFn<State>[]
) => App<State>;

/** Registers one thing below `prefix`. */
type Registration<State> = (
  table: RouteTable<State>,
  prefix: string,
  files: readonly RouteFile[],
) => void;

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
  readonly #registrations: Registration<State>[] = [];
  #files: readonly RouteFile[] = [];

  constructor(config: FreshConfig = {}) {
    for (const key of Object.keys(config)) unsupported(`App option "${key}"`);
  }

  /** Gives `app` its build and returns the server that responds for it. */
  static serve<State>(
    app: App<State>,
    assets: Assets,
    modules: { files: RouteFile[]; islands: IslandModule[] },
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
    return this.#register((table, prefix) =>
      table.segment(join(prefix, path)).middlewares.push(...fns)
    );
  }

  readonly all: AddRoute<State> = this.#method("ALL");
  readonly delete: AddRoute<State> = this.#method("DELETE");
  readonly get: AddRoute<State> = this.#method("GET");
  readonly head: AddRoute<State> = this.#method("HEAD");
  readonly patch: AddRoute<State> = this.#method("PATCH");
  readonly post: AddRoute<State> = this.#method("POST");
  readonly put: AddRoute<State> = this.#method("PUT");

  #method(method: string): AddRoute<State> {
    return (path, ...fns) =>
      this.#register((table, prefix) =>
        table.add(method, join(prefix, path), fns)
      );
  }

  /** Registers below `path` what is registered in `app` so far. */
  mountApp(path: string, app: App<State>): this {
    const registrations = [...app.#registrations];
    return this.#register((table, prefix, files) => {
      const inner = prefixOf(prefix, path);
      for (const step of registrations) step(table, inner, files);
    });
  }

  /** Registers the files under `routes/`; none without a build. */
  fsRoutes(path = ""): this {
    return this.#register((table, prefix, files) =>
      addFileRoutes(table, files, prefixOf(prefix, path))
    );
  }

  #register(registration: Registration<State>): this {
    this.#registrations.push(registration);
    return this;
  }

  /** Returns the handler for what has been registered so far. */
  handler(): AppHandler {
    const table = new RouteTable<State>();
    for (const step of this.#registrations) step(table, "", this.#files);
    const respond = async (req: Request, info: Deno.ServeHandlerInfo) => {
      const url = new URL(req.url);
      url.pathname = url.pathname.replace(/\/{2,}/g, "/");
      const { chain, ...found } = table.find(req.method, url.pathname);
      const { config } = this;
      const ctx = new Context<State>({ config, info, req, url, ...found });
      return await run(chain, ctx);
    };
    return async (req, info = LOCAL_INFO) => {
      const response = await respond(req, info).catch(errorResponse);
      if (req.method !== "HEAD" || !response.body) return response;
      await response.body.cancel();
      return new Response(null, response);
    };
  }

  readonly appWrapper = leftOut("App.appWrapper()");
  readonly layout = leftOut("App.layout()");
  readonly listen = leftOut("App.listen()");
  readonly notFound = leftOut("App.notFound()");
  readonly onError = leftOut("App.onError()");
  readonly route = leftOut("App.route()");
  readonly ws = leftOut("App.ws()");
}

function join(prefix: string, path: string): string {
  return prefix ? `${prefix}/${path}`.replace(/\/+/g, "/") : path;
}

/** Where what is mounted at `path` begins; `""` is the root. */
function prefixOf(prefix: string, path: string): string {
  return join(prefix, path).replace(/[/*]+$/, "");
}

function errorResponse(error: unknown): Response {
  const known = error instanceof HttpError;
  if (!known || error.status >= 500) console.error(error);
  if (!known) return new Response("Internal server error", { status: 500 });
  const { message, status } = error;
  return new Response(message || STATUS_CODES[status], { status });
}
