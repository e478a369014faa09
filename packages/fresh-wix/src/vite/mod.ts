/**
 * The Vite plugin of an app with Wix: builds the Wix packages as they are, keeps
 * server code out of islands and pages behind their guards, and shields Fresh's
 * dev server.
 *
 * ```ts ignore
 * export default defineConfig({ plugins: [wix(), fresh()] });
 * ```
 *
 * @module
 */
import type { Plugin } from "vite";
import { devShield } from "./dev_shield.ts";
import { guardedRoutes } from "./guarded_routes.ts";
import { noServerCodeInIslands } from "./no_server_code_in_islands.ts";
import { wixPackages } from "./wix_packages.ts";

/** Options of {@link wix}. */
export interface WixPluginOptions {
  /**
   * Folders (with a slash at the end) and files of the project that may go to
   * browsers, from its root; all others fail the build. Default: everything
   * that is no server code of `@fresh-wix/core` and names no secret.
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
