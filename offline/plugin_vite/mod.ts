/**
 * Offline stand-in of `@fresh/plugin-vite`: see `offline/README.md`.
 *
 * @module
 */

import { execFileSync } from "node:child_process";
import type { Plugin } from "vite";
import { configPlugin } from "./src/config.ts";
import { devPlugin } from "./src/dev.ts";
import { entriesPlugin } from "./src/entries.ts";
import { refuse } from "./src/files.ts";
import { resolvePlugin } from "./src/resolve.ts";

/** Builds and serves a Fresh project; takes no options here. */
export function fresh(options: Record<string, never> = {}): Plugin[] {
  const [key] = Object.keys(options);
  if (key) refuse("vite.config.ts", `option "${key}" of fresh()`);
  const buildId = findBuildId();
  const plugins = [configPlugin(buildId), entriesPlugin(buildId)];
  return [resolvePlugin(), ...plugins, devPlugin()];
}

function findBuildId(): string {
  const names = ["DENO_DEPLOYMENT_ID", "GITHUB_SHA", "CI_COMMIT_SHA"];
  const name = names.find((name) => Deno.env.has(name));
  if (name) return Deno.env.get(name) ?? "";
  try {
    const options = { encoding: "utf8", stdio: "pipe" } as const;
    return execFileSync("git", ["rev-parse", "HEAD"], options).trim();
  } catch {
    return "";
  }
}
