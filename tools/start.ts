/**
 * `start` and `dev`: everything it takes to see the app running.
 *
 * @module
 */
import { DEMO_ACCOUNTS, SITE } from "../packages/local-wix/src/seed/site.ts";
import { buildIfChanged } from "./build.ts";
import { checkSettings } from "../packages/fresh-wix/src/doctor/check_settings.ts";
import { startLocalWix } from "./local_wix.ts";
import { type Packages, VITE, VITE_ENV } from "./packages.ts";
import {
  findFreePort,
  runAll,
  superviseUntilEnd,
  waitUntilReady,
} from "./processes.ts";
import { addressProblems, serveArgs } from "./serve.ts";
import type { Settings } from "./settings.ts";

const HOST = "127.0.0.1";
const FIRST_PORT = 8000;
const FIRST_WIX_PORT = 4400;

/** Of an app that a developer looks at. */
const DEVELOPER_SETTINGS = { DEVELOPER_HINTS: "true", LOG_FORMAT: "text" };

/**
 * Runs the built app, or Vite's dev server, until the program is ended; with
 * local Wix when `env` names no client of Wix.
 */
export async function start(
  packages: Packages,
  env: Settings,
  mode: "built" | "dev",
): Promise<never> {
  const problems = env.PORT === undefined
    ? []
    : addressProblems(HOST, env.PORT);
  const port = env.PORT === undefined || problems.length > 0
    ? findFreePort(FIRST_PORT)
    : Number(env.PORT);
  const origin = `http://localhost:${port}`;
  const wixPort = env.WIX_CLIENT_ID === undefined
    ? findFreePort(FIRST_WIX_PORT)
    : undefined;
  const settings = {
    ...DEVELOPER_SETTINGS,
    ...env,
    ...(wixPort !== undefined && localWixSettings(wixPort)),
    // The app is on this machine, whatever the files say of production.
    APP_ORIGIN: origin,
  };
  checkSettings(settings, problems);
  if (mode === "built") {
    await runAll([() => buildIfChanged(packages, undefined, env)]);
  }

  const localWix = wixPort === undefined
    ? undefined
    : await startLocalWix(wixPort);
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
      : [{ name: "Local Wix", process: localWix }]),
  ]);

  // An app that ends before it is ready is reported by the supervisor.
  await waitUntilReady(`${origin}/healthz`, app).catch(() => ended);
  console.log(`\n  App       ${origin}`);
  if (localWix === undefined) {
    const at = env.WIX_API_ORIGIN ?? `your site, client ${env.WIX_CLIENT_ID}`;
    console.log(`  Wix       ${at}`);
  } else {
    console.log(`  Wix       local Wix on ${settings.WIX_API_ORIGIN}`);
    console.log("            (to use your own site, see .env.example)");
    console.log("  Accounts  any password works");
    for (const { email, note } of DEMO_ACCOUNTS) {
      console.log(`            ${email}  ${note}`);
    }
  }
  console.log("\n  Press Ctrl-C to stop.\n");
  return await ended;
}

/** Settings of an app that calls the local Wix on `port`. */
function localWixSettings(port: number) {
  return {
    WIX_API_ORIGIN: `http://localhost:${port}`,
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
    // Vite would print an address of its own, under another name.
    "--logLevel",
    "warn",
  ];
}
