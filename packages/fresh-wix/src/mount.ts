/**
 * Adding the engine to an app that exists, without route files.
 *
 * @module
 */
import type { Wix } from "./create_wix.ts";
import type { WixContext, WixStep } from "./context.ts";

/** An app of Fresh, by shape: one whose `State` does not extend `WixState` is refused. */
export interface MountableApp {
  // Fresh's methods are overloaded and return the app, which no shape can say.
  use(...steps: ((ctx: WixContext) => Promise<Response>)[]): unknown;
  use(
    path: string,
    ...steps: ((ctx: WixContext) => Promise<Response>)[]
  ): unknown;
  get(path: string, handler: WixStep): unknown;
  post(path: string, handler: WixStep): unknown;
  all(path: string, handler: WixStep): unknown;
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
