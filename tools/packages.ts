/**
 * Chooses between JSR packages and stubs. When jsr.io can be reached, or the packages
 * are in Deno's cache, `deno.json` is used unchanged. Otherwise the stubs in
 * `packages/offline/` replace them, with a config derived from `deno.json` that uses
 * Deno's `links` field and its own lock file.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { assertDeno, OLDEST_OFFLINE_DENO } from "./deno_version.ts";

/** The source of the JSR packages. */
export interface Packages {
  readonly mode: "jsr" | "offline";
  /** Absolute path of the config for all `deno` commands. */
  readonly config: string;
}

/** Specifier of Vite, in the version of `deno.json`. */
export const VITE: string = JSON.parse(
  Deno.readTextFileSync(new URL("../deno.json", import.meta.url)),
).imports.vite;

/** Environment of Vite: disables the update check of Fresh's plugin. */
export const VITE_ENV = { FRESH_NO_UPDATE_CHECK: "true" } as const;

/** Folder of the project, with a trailing slash. */
export const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Passes the choice to child processes. */
const MODE_VARIABLE = "FRESH_WIX_PACKAGES";
/** Passes the config's path to child processes. */
const CONFIG_VARIABLE = "FRESH_WIX_CONFIG";

const STUBS = "packages/offline/stubs";
const DERIVED_CONFIG = "deno.offline.json";
const DERIVED_LOCK = "./deno.offline.lock";
const PROBE_PACKAGE = "jsr:@fresh/core@^2.3.3";
const PROBE_URL = "https://jsr.io/@fresh/core/meta.json";
const PROBE_TIMEOUT_MS = 3_000;

/**
 * Returns the packages to use, and sets environment variables for child processes.
 *
 * @param forced From a `--jsr` or `--offline` flag; skips detection.
 */
export async function choosePackages(
  forced: Packages["mode"] | undefined,
): Promise<Packages> {
  const mode = forced ?? inheritedMode() ?? await detectMode();
  if (mode === "offline") assertDeno(OLDEST_OFFLINE_DENO);
  const inheritedConfig = Deno.env.get(CONFIG_VARIABLE);
  const config = inheritedConfig !== undefined && mode === inheritedMode()
    ? inheritedConfig
    : mode === "jsr"
    ? `${ROOT}deno.json`
    : await deriveOfflineConfig();
  Deno.env.set(MODE_VARIABLE, mode);
  Deno.env.set(CONFIG_VARIABLE, config);
  return { mode, config };
}

function inheritedMode(): Packages["mode"] | undefined {
  const mode = Deno.env.get(MODE_VARIABLE);
  return mode === "jsr" || mode === "offline" ? mode : undefined;
}

async function detectMode(): Promise<Packages["mode"]> {
  if (await isCached()) return "jsr";
  if (await isReachable()) return "jsr";
  console.log(
    "Cannot reach jsr.io: using the stubs in packages/offline/ (--jsr forces the real packages)",
  );
  return "offline";
}

async function isCached(): Promise<boolean> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["cache", "--no-config", "--cached-only", "--quiet", PROBE_PACKAGE],
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}

async function isReachable(): Promise<boolean> {
  try {
    const response = await fetch(PROBE_URL, {
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function deriveOfflineConfig(): Promise<string> {
  const path = ROOT + DERIVED_CONFIG;
  const base = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const derived = JSON.stringify(
    {
      ...base,
      links: [`./${STUBS}`],
      lock: DERIVED_LOCK,
      // The stubs' own imports resolve only through the link.
      exclude: base.exclude.filter((path: string) => path !== STUBS),
    },
    null,
    2,
  );
  const current = await Deno.readTextFile(path).catch(() => undefined);
  // Don't touch an unchanged file.
  if (current !== derived) await Deno.writeTextFile(path, derived);
  return path;
}
