/**
 * Chooses where the JSR packages come from. With jsr.io in reach, or with the
 * packages in Deno's cache, they are the real ones and `deno.json` is used as
 * it is. Elsewhere the stubs of `packages/offline/` take their names, by a config
 * derived from `deno.json` with Deno's `links` field and a lock file of its own.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { assertDeno, OLDEST_OFFLINE_DENO } from "./deno_version.ts";

/** Where the JSR packages come from. */
export interface Packages {
  readonly mode: "jsr" | "offline";
  /** Absolute path of the config to give to every `deno` command. */
  readonly config: string;
}

/** Vite as `deno run` takes it, in the version of `deno.json`. */
export const VITE: string = JSON.parse(
  Deno.readTextFileSync(new URL("../deno.json", import.meta.url)),
).imports.vite;

/** Of every process of Vite: Fresh's plugin looks for updates otherwise. */
export const VITE_ENV = { FRESH_NO_UPDATE_CHECK: "true" } as const;

/** Folder of the project, with a slash at the end. */
export const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Carries the choice to commands that the tasks start. */
const MODE_VARIABLE = "FRESH_WIX_PACKAGES";
/** Carries the config's path to tests that start `deno` themselves. */
const CONFIG_VARIABLE = "FRESH_WIX_CONFIG";

const STUBS = "packages/offline/stubs";
const DERIVED_CONFIG = "deno.offline.json";
const DERIVED_LOCK = "./deno.offline.lock";
const PROBE_PACKAGE = "jsr:@fresh/core@^2.3.3";
const PROBE_URL = "https://jsr.io/@fresh/core/meta.json";
const PROBE_TIMEOUT_MS = 3_000;

/**
 * Returns the packages to use, and sets the environment variables that tell
 * child processes.
 *
 * @param forced From a `--jsr` or `--offline` flag; decides without trying.
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
    "jsr.io is out of reach: using the stubs in packages/offline/ (--jsr forces the real packages)",
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
      // Their own imports are known only through the link.
      exclude: base.exclude.filter((path: string) => path !== STUBS),
    },
    null,
    2,
  );
  const current = await Deno.readTextFile(path).catch(() => undefined);
  // Unchanged files stay untouched: the build looks at what changed.
  if (current !== derived) await Deno.writeTextFile(path, derived);
  return path;
}
