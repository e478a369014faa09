import { createRequestListener } from "@remix-run/node-fetch-server";
import { join } from "node:path";
import { isRunnableDevEnvironment, type Plugin } from "vite";
import type { Assets } from "../../fresh_core/src/assets.ts";
import { CLIENT_ENTRY, SERVER_ENTRY } from "./files.ts";
import { clientStyles, stylesBelow } from "./styles.ts";

/** `deno add` removes packages of the stubs, which the next start installs. */
const HINT = "Restart `deno task dev` after adding a package.";

/** Shows why the app could not be loaded. */
function onError(error: unknown): Response {
  console.error(error);
  const isMissing = String(error).includes("Cannot find module");
  const text = isMissing ? `${error}\n\n${HINT}` : `${error}`;
  return new Response(text, { status: 500 });
}

/** Passes on to the app what Vite's dev server does not serve itself. */
export function devPlugin(): Plugin {
  return {
    name: "fresh-stub:dev",
    apply: "serve",
    configureServer(server) {
      const { config: { root }, environments, middlewares, watcher } = server;
      const reload = () => {
        for (const { moduleGraph } of Object.values(environments)) {
          moduleGraph.invalidateAll();
        }
        environments.client.hot.send({ type: "full-reload" });
      };
      watcher.on("add", reload).on("unlink", reload);
      const assets: Assets = {
        root,
        id: "",
        head: "",
        entry: `@id/__x00__${CLIENT_ENTRY}`,
        staticFiles: {},
        // Of a route or an island that has just been loaded.
        modules: new Proxy({}, {
          get: (_, file: string) => ({
            file,
            css: stylesBelow(environments.ssr, join(root, file)),
          }),
        }),
      };
      const respond = async (request: Request): Promise<Response> => {
        const { ssr } = environments;
        if (!isRunnableDevEnvironment(ssr)) throw new Error("Cannot run");
        const { default: serve } = await ssr.runner.import(SERVER_ENTRY);
        const head = await clientStyles(environments.client, ssr);
        const response = await serve({ ...assets, head }).fetch(request);
        // An edit in between leaves a mixture of old and new modules.
        const { default: newest } = await ssr.runner.import(SERVER_ENTRY);
        const isMixed = newest !== serve && request.method === "GET";
        return isMixed ? await respond(request) : response;
      };
      // Returned, so that Vite's own middlewares come first.
      return () =>
        void middlewares.use(createRequestListener(respond, { onError }));
    },
    hotUpdate({ server }) {
      if (this.environment.name === "client") return;
      server.environments.client.hot.send({ type: "full-reload" });
    },
  };
}
