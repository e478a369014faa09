import { createRequest, sendResponse } from "@remix-run/node-fetch-server";
import { isRunnableDevEnvironment, type Plugin } from "vite";
import type { ViteDevServer } from "vite";
import { SERVER_ENTRY } from "./entries.ts";

/** Answers in Vite's dev server what Vite does not answer itself. */
export function devPlugin(): Plugin {
  return {
    name: "fresh-offline:dev",
    apply: "serve",
    configureServer(server) {
      const reload = () => {
        for (const environment of Object.values(server.environments)) {
          environment.moduleGraph.invalidateAll();
          environment.hot.send({ type: "full-reload" });
        }
      };
      server.watcher.on("add", reload).on("unlink", reload);
      // Returned, so that Vite's own middlewares come first.
      return () => {
        server.middlewares.use(async (req, res, next) => {
          try {
            const handler = await loadHandler(server);
            await sendResponse(res, await handler(createRequest(req, res)));
          } catch (error) {
            next(error);
          }
        });
      };
    },
    hotUpdate({ server }) {
      if (this.environment.name === "client") return;
      server.environments.client.hot.send({ type: "full-reload" });
    },
  };
}

async function loadHandler(
  { environments: { ssr } }: ViteDevServer,
): Promise<(request: Request) => Promise<Response>> {
  if (!isRunnableDevEnvironment(ssr)) throw new Error("Cannot run the server");
  return (await ssr.runner.import(SERVER_ENTRY)).default.fetch;
}
