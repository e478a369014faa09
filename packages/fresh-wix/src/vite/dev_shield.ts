/**
 * A Vite plugin for Fresh's dev server: routes and islands may come and go, and
 * addresses need not be decodable.
 *
 * @module
 */
import type { Plugin } from "vite";

/** Folders whose files Fresh lists when the server starts. */
const LISTED = ["routes/", "islands/"];

/** Returns the plugin; put it before `fresh()`. */
export function devShield(): Plugin {
  return {
    name: "dev-shield",
    apply: "serve",
    configureServer(server) {
      const { config, middlewares, watcher, ws } = server;
      const folders = LISTED.map((folder) => `${config.root}/${folder}`);
      let restarting = false;

      // After a change of its list Fresh sends pages whose islands are dead,
      // and asks browsers to load them. Instead the server starts anew; a
      // browser that loses it loads its page from the next one.
      const restart = (path: string) => {
        if (restarting || !folders.some((it) => path.startsWith(it))) return;
        restarting = true;
        ws.send = () => {};
        // A refused file leaves this server running, until the next change.
        server.restart().finally(() => restarting = false);
      };
      watcher.on("add", restart).on("unlink", restart);

      // Fresh decodes paths outside of any `try`, which ends the process.
      middlewares.use((request, response, next) => {
        if (isDecodable(request.originalUrl ?? "")) return next();
        response.writeHead(400).end();
      });
    },
  };
}

function isDecodable(target: string): boolean {
  try {
    decodeURIComponent(new URL(`http://localhost:1${target}`).pathname);
    return true;
  } catch {
    return false;
  }
}
