/**
 * Offline stub of `@fresh/plugin-vite`: see `packages/offline/README.md`.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import type { Plugin } from "vite";
import { unsupported } from "../fresh_core/src/unsupported.ts";
import { configPlugin } from "./src/config.ts";
import { devPlugin } from "./src/dev.ts";
import { entriesPlugin } from "./src/entries.ts";
import { jsxPlugin } from "./src/jsx.ts";
import { resolvePlugin } from "./src/resolve.ts";
import { stylesPlugin } from "./src/styles.ts";

/** Builds and serves a Fresh project; takes no options here. */
export function fresh(options: Record<string, never> = {}): Plugin[] {
  for (const key of Object.keys(options)) {
    unsupported(`fresh() option "${key}"`);
  }
  const variables = [
    ...["DENO_DEPLOYMENT_ID", "DENO_DEPLOY_BUILD_ID"],
    ...["GITHUB_SHA", "CI_COMMIT_SHA"],
  ];
  const buildId = variables.map((name) => Deno.env.get(name))
    .find((value) => value !== undefined) ?? gitHead();
  return [
    resolvePlugin(),
    jsxPlugin(),
    configPlugin(buildId),
    entriesPlugin(),
    stylesPlugin(),
    devPlugin(),
  ];
}

/** Id of the commit that is checked out; `""` outside of git. */
function gitHead(): string {
  const { status, stdout } = spawnSync("git", ["rev-parse", "HEAD"]);
  return status === 0 ? String(stdout).trim() : "";
}
