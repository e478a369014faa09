import type { App, AppHandler } from "./app.ts";
import { type Build, setBuild } from "./build.ts";
import { registerIslands } from "./islands.ts";

/** Gives `app` its build and returns the server that answers for it. */
export function attachBuild<State>(
  app: App<State>,
  build: Build,
): { fetch: AppHandler } {
  build.islands.forEach(registerIslands);
  setBuild(app.config, build);
  const handler = app.handler();
  return { fetch: (request, info) => handler(request, info) };
}
