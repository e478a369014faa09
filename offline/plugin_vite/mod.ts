/**
 * Offline stand-in of `@fresh/plugin-vite`: see `offline/README.md`.
 *
 * @module
 */

import type { Plugin } from "vite";
import { configPlugin, findBuildId } from "./src/build.ts";
import { devPlugin } from "./src/dev.ts";
import { entriesPlugin } from "./src/entries.ts";
import { resolvePlugin } from "./src/resolve.ts";

/** Builds and serves a Fresh project; takes no options here. */
export function fresh(options: Record<string, never> = {}): Plugin[] {
  const [key] = Object.keys(options);
  if (key) {
    throw new Error(
      `fresh() option "${key}" is not in the offline stand-in of ` +
        "@fresh/plugin-vite: use the real package (deno task <task> --jsr)",
    );
  }
  const buildId = findBuildId();
  return [
    resolvePlugin(),
    configPlugin(buildId),
    entriesPlugin(buildId),
    devPlugin(),
  ];
}
