/**
 * Adding the engine to an app that exists, without route files.
 *
 * @module
 */
import type { Wix } from "./create_wix.ts";
import type { WixStep } from "./context.ts";

/**
 * Fresh's `App`, by shape: as properties, so that TypeScript refuses an app whose
 * `State` does not extend `WixState`.
 */
export interface MountableApp {
  /** Adds steps for all routes that follow. */
  readonly use:
    & ((...steps: WixStep[]) => unknown)
    & ((path: string, ...steps: WixStep[]) => unknown);
  /** Adds a route for GET and HEAD. */
  readonly get: (path: string, handler: WixStep) => unknown;
  /** Adds a route for POST. */
  readonly post: (path: string, handler: WixStep) => unknown;
  /** Adds a route for all methods. */
  readonly all: (path: string, handler: WixStep) => unknown;
}

/**
 * Adds session and SDK client to all routes of an app, and the engine's own
 * routes. Of other routes it changes nothing else: they take what they took
 * before, such as webhooks, and are cached as they say.
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
