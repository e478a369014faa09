/**
 * The tasks `start` and `dev`: set up, build and run the app.
 *
 * @module
 */
import { dirname, parse } from "node:path";
import { SITE } from "../packages/local-wix/src/seed/demo_site.ts";
import { buildIfChanged } from "./build.ts";
import { startLocalWix } from "./local_wix.ts";
import { type Packages, ROOT, VITE, VITE_ENV } from "./packages.ts";
import {
  findFreePort,
  runAll,
  superviseUntilEnd,
  waitUntilReady,
} from "./processes.ts";
import { addressProblems, serveArgs } from "./serve.ts";
import { checkSettings, type Settings } from "./settings.ts";

const HOST = "127.0.0.1";
const FIRST_PORT = 8000;
/** Placeholder to check the settings with before a port is chosen. */
const ANY_ORIGIN = "http://localhost";

/** Defaults for development. */
const DEVELOPER_SETTINGS = { DEVELOPER_HINTS: "true", LOG_FORMAT: "text" };

/** Where local Wix reads and keeps its data; files are absolute paths. */
export interface LocalWixFiles {
  /** A seed that local Wix has, or a file. Default: the demo site. */
  readonly seed?: string;
  /** Default: a file in `.local/` for each seed; `undefined` keeps nothing. */
  readonly state?: string | undefined;
}

/**
 * Runs the built app, or Vite's dev server, until the program is stopped. Also
 * runs local Wix when `env` has no `WIX_CLIENT_ID`.
 */
export async function start(
  packages: Packages,
  env: Settings,
  mode: "built" | "dev",
  files: LocalWixFiles = {},
): Promise<never> {
  const useLocalWix = env.WIX_CLIENT_ID === undefined;
  const site = await seededSite(files.seed);
  // The app runs on this machine, so APP_ORIGIN of the files is ignored.
  const settingsAt = (origin: string, wixOrigin: string): Settings => ({
    ...DEVELOPER_SETTINGS,
    ...env,
    ...(useLocalWix && localWixSettings(wixOrigin, site)),
    APP_ORIGIN: origin,
  });
  checkSettings(
    settingsAt(ANY_ORIGIN, ANY_ORIGIN),
    env.PORT === undefined ? [] : addressProblems(HOST, env.PORT),
  );
  if (mode === "built") {
    await runAll([() => buildIfChanged(packages, undefined, env)]);
  }

  const port = env.PORT === undefined
    ? findFreePort(FIRST_PORT)
    : Number(env.PORT);
  const origin = `http://localhost:${port}`;
  const localWix = useLocalWix
    ? await startLocalWix(await localWixFlags(files)).catch(refuse)
    : undefined;
  const settings = settingsAt(origin, localWix?.origin ?? "");
  const app = new Deno.Command(Deno.execPath(), {
    args: mode === "built"
      ? serveArgs({ host: HOST, port, env: settings })
      : devArgs(packages, port),
    env: mode === "built" ? settings : { ...settings, ...VITE_ENV },
    stdin: "null",
  }).spawn();
  const ended = superviseUntilEnd([
    { name: "The app", process: app },
    ...(localWix === undefined
      ? []
      : [{ name: "Local Wix", process: localWix.process }]),
  ]);

  // The supervisor reports an app that exits before it is ready.
  await waitUntilReady(`${origin}/healthz`, app).catch(() => ended);
  console.log(`\n  App       ${origin}`);
  if (localWix === undefined) {
    const at = env.WIX_API_ORIGIN ?? `your site, client ${env.WIX_CLIENT_ID}`;
    console.log(`  Wix       ${at}`);
  } else {
    console.log(`  Wix       local Wix on ${localWix.origin}`);
    console.log("            (for your own site, see docs/your_wix_site.md)");
    console.log("  Accounts  any password works");
    for (const account of localWix.accounts) {
      console.log(`            ${account}`);
    }
  }
  console.log("\n  Press Ctrl-C to stop.");
  console.log(
    mode === "built"
      ? "  Restart after changes, or use `deno task dev`.\n"
      : "  Pages reload as you edit. Restart after changing settings.\n",
  );
  return await ended;
}

function refuse(error: Error): never {
  console.error(error.message);
  Deno.exit(1);
}

/** Returns the flags of local Wix, and makes the folder of its data. */
export async function localWixFlags(
  files: LocalWixFiles,
  root: string = ROOT,
): Promise<string[]> {
  const { seed } = files;
  const name = seed === undefined ? "demo" : parse(seed).base;
  const state = "state" in files ? files.state : `${root}.local/${name}.db`;
  if (state !== undefined) {
    await Deno.mkdir(dirname(state), { recursive: true });
  }
  return [
    ...(seed === undefined ? [] : ["--seed", seed]),
    ...(state === undefined ? [] : ["--state", state]),
  ];
}

/** Returns the site of a seed file; local Wix itself reports an invalid one. */
async function seededSite(seed: string | undefined): Promise<typeof SITE> {
  if (seed === undefined) return SITE;
  try {
    return { ...SITE, ...JSON.parse(await Deno.readTextFile(seed)).site };
  } catch {
    return SITE;
  }
}

/** Settings for the local Wix at `origin`. */
function localWixSettings(origin: string, site: typeof SITE) {
  return {
    WIX_API_ORIGIN: origin,
    WIX_CLIENT_ID: site.clientId,
    WIX_CLIENT_SECRET: site.clientSecret,
    WIX_CLIENT_INSTANCE_ID: site.instanceId,
  };
}

function devArgs(packages: Packages, port: number): string[] {
  return [
    "run",
    "-A",
    "--config",
    packages.config,
    VITE,
    "--host",
    HOST,
    "--port",
    String(port),
    "--strictPort",
    // Vite would print a different URL.
    "--logLevel",
    "warn",
  ];
}
