/**
 * The tasks `start` and `dev`: set up, build and run the app.
 *
 * @module
 */
import { DEMO_ACCOUNTS, SITE } from "../packages/local-wix/src/seed/seed.ts";
import { buildIfChanged } from "./build.ts";
import { startLocalWix } from "./local_wix.ts";
import { type Packages, VITE, VITE_ENV } from "./packages.ts";
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

/**
 * Runs the built app, or Vite's dev server, until the program is stopped. Also
 * runs local Wix when `env` has no `WIX_CLIENT_ID`.
 */
export async function start(
  packages: Packages,
  env: Settings,
  mode: "built" | "dev",
): Promise<never> {
  const useLocalWix = env.WIX_CLIENT_ID === undefined;
  // The app runs on this machine, so APP_ORIGIN of the files is ignored.
  const settingsAt = (origin: string, wixOrigin: string): Settings => ({
    ...DEVELOPER_SETTINGS,
    ...env,
    ...(useLocalWix && localWixSettings(wixOrigin)),
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
  const localWix = useLocalWix ? await startLocalWix() : undefined;
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
    console.log("            (to use your own Wix site, see .env.example)");
    console.log("  Accounts  any password works");
    for (const { email, note } of DEMO_ACCOUNTS) {
      console.log(`            ${email}  ${note}`);
    }
  }
  console.log("\n  Press Ctrl-C to stop.\n");
  return await ended;
}

/** Settings for the local Wix at `origin`. */
function localWixSettings(origin: string) {
  return {
    WIX_API_ORIGIN: origin,
    WIX_CLIENT_ID: SITE.clientId,
    WIX_CLIENT_SECRET: SITE.clientSecret,
    WIX_CLIENT_INSTANCE_ID: SITE.instanceId,
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
