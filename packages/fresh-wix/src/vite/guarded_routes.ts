/**
 * Fails where Fresh would serve a page past the guards of its folder.
 *
 * @module
 */
import { globSync } from "node:fs";
import type { Plugin } from "vite";

/** Fresh takes such a file for an `_app`, and adds it before any guard. */
const UNGUARDED = "routes/**/?*_app.{ts,tsx,js,jsx}";

/** Returns the plugin. */
export function guardedRoutes(): Plugin {
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
