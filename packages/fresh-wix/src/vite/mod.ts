/**
 * The Vite plugin of an app with Wix: builds the Wix packages unchanged,
 * rejects server code in islands and unguarded pages, and protects Fresh's dev
 * server.
 *
 * ```ts ignore
 * export default defineConfig({ plugins: [wix(), fresh()] });
 * ```
 *
 * @module
 */
import { globSync } from "node:fs";
import type { Plugin } from "vite";
import { decode } from "../http/decode.ts";
import { noServerCodeInIslands } from "./server_code.ts";
import { wixPackages } from "./wix_packages.ts";

/** Options of {@link wix}. */
export interface WixPluginOptions {
  /**
   * Folders (with a slash at the end) and files of the project that may go to
   * browsers, from its root; all others fail the build. Default: everything
   * except server code of `@fresh-wix/core` and names of secrets.
   */
  readonly clientCode?: readonly string[];
}

/** Returns the plugins; put them before `fresh()`. */
export function wix({ clientCode }: WixPluginOptions = {}): Plugin[] {
  return [
    devShield(),
    guardedRoutes(),
    noServerCodeInIslands(clientCode),
    ...wixPackages(),
  ];
}

/**
 * Never called. With it, what the server needs of npm is installed together with
 * this plugin: the build looks packages up, and installs none.
 */
export const installed = (): Promise<unknown> => import("../mod.ts");
/** Fresh treats such a file as an `_app`, and adds it before any guard. */
const UNGUARDED = "routes/**/?*_app.{ts,tsx,js,jsx}";

/** Fails if Fresh would serve a page without the guards of its folder. */
function guardedRoutes(): Plugin {
  return {
    name: "guarded-routes",
    configResolved({ root }) {
      const [file] = globSync(UNGUARDED, { cwd: root });
      if (file === undefined) return;
      throw new Error(
        `${file} would be public: Fresh applies no _middleware and no _layout ` +
          'to a route whose file name ends in "_app". Rename the file.',
      );
    },
  };
}

/** Folders whose files Fresh lists when the server starts. */
const LISTED = ["routes/", "islands/"];

// Shields Fresh's dev server: routes and islands may come and go, and addresses
// need not be decodable.
function devShield(): Plugin {
  return {
    name: "dev-shield",
    apply: "serve",
    configureServer(server) {
      const { config, middlewares, watcher, ws } = server;
      const folders = LISTED.map((folder) => `${config.root}/${folder}`);
      let restarting: Promise<void> | undefined;

      // After a change of its list Fresh sends pages whose islands are dead.
      // Instead the server starts anew, and browsers reload from the next one.
      const restart = (path: string) => {
        if (restarting || !folders.some((it) => path.startsWith(it))) return;
        ws.send = () => {};
        // A refused file leaves this server running, until the next change.
        restarting = server.restart().finally(() => restarting = undefined);
      };
      watcher.on("add", restart).on("unlink", restart);

      // Fresh decodes paths outside of any `try`, which ends the process.
      middlewares.use(async (request, response, next) => {
        await restarting;
        if (request.socket.destroyed) return;
        const url = URL.parse(request.originalUrl ?? "", "http://localhost");
        if (url && decode(url.pathname) !== undefined) return next();
        response.writeHead(400).end();
      });
    },
  };
}
