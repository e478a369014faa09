import { createRequestListener } from "@remix-run/node-fetch-server";
import { isRunnableDevEnvironment, type Plugin } from "vite";
import { SERVER_ENTRY } from "./files.ts";

/** Answers in Vite's dev server what Vite does not answer itself. */
export function devPlugin(): Plugin {
  return {
    name: "fresh-offline:dev",
    apply: "serve",
    configureServer({ environments, middlewares, watcher }) {
      const reload = () => {
        for (const { hot, moduleGraph } of Object.values(environments)) {
          moduleGraph.invalidateAll();
          hot.send({ type: "full-reload" });
        }
      };
      watcher.on("add", reload).on("unlink", reload);
      const answer = async (request: Request): Promise<Response> => {
        const { ssr } = environments;
        if (!isRunnableDevEnvironment(ssr)) throw new Error("Cannot run");
        const { default: server } = await ssr.runner.import(SERVER_ENTRY);
        return server.fetch(request);
      };
      // Returned, so that Vite's own middlewares come first.
      return () => void middlewares.use(createRequestListener(answer));
    },
    hotUpdate({ server }) {
      if (this.environment.name === "client") return;
      server.environments.client.hot.send({ type: "full-reload" });
    },
  };
}
