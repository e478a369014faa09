/**
 * Offline stub of `@fresh/plugin-vite`: see `packages/offline/README.md`.
 *
 * @module
 */

import type { Plugin } from "vite";
import { unsupported } from "../fresh_core/src/unsupported.ts";
import { configPlugin } from "./src/config.ts";
import { denoPlugin } from "./src/deno.ts";
import { devPlugin } from "./src/dev.ts";
import { entriesPlugin } from "./src/entries.ts";
import { stylesPlugin } from "./src/styles.ts";

/** Builds and serves a Fresh project; takes no options here. */
export function fresh(options: Record<string, never> = {}): Plugin[] {
  for (const key of Object.keys(options)) {
    unsupported(`fresh() option "${key}"`);
  }
  return [
    denoPlugin(),
    configPlugin(Deno.env.get("DENO_DEPLOYMENT_ID") ?? crypto.randomUUID()),
    entriesPlugin(),
    stylesPlugin(),
    devPlugin(),
  ];
}
