// Fresh's app with the engine: the class of a site, and adding it to an app
// that exists.

import { App, type FreshConfig } from "fresh";
import { guardedHandler } from "./http/request_guard.ts";
import type { MountableApp, Wix } from "./wix.ts";

/**
 * Fresh's `App` behind the request guard: requests that no route could handle
 * are refused before Fresh looks for a route, which it does before the first
 * step. Cookies
 * reach the app's own error pages too, which Fresh renders outside the steps.
 */
export class GuardedApp<State> extends App<State> {
  readonly #wix: Pick<Wix, "refuse">;

  /** @param config As for Fresh's `App`. */
  constructor(wix: Pick<Wix, "refuse">, config?: FreshConfig) {
    super(config);
    this.#wix = wix;
  }

  /** Returns the handler of requests, for `Deno.serve()`. */
  override handler(): (
    request: Request,
    info?: Deno.ServeHandlerInfo,
  ) => Promise<Response> {
    return guardedHandler(this.#wix.refuse, super.handler());
  }
}

/**
 * Adds session and SDK client to all routes of an app, and the engine's own
 * routes. Other routes behave as before: they accept the same requests, such as
 * webhooks, and keep their caching.
 */
export function mount<A extends MountableApp>(app: A, wix: Wix): A {
  app.use(wix.requestGuard, wix.session, wix.client, wix.errorBoundary);
  const own = [wix.securityHeaders, wix.resourceIsolation];
  app.use("/api/auth", wix.requestLog, ...own);
  app.use("/api/wix", wix.requestLog, ...own);
  app.get("/api/auth/login", wix.login.GET);
  app.get("/api/auth/callback", wix.callback.GET);
  app.post("/api/auth/logout", wix.logout.POST);
  app.get("/api/auth/logout-callback", wix.logoutCallback.GET);
  app.all("/api/wix/:path*", wix.gateway);
  return app;
}
