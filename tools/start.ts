/**
 * `start` and `dev`: everything it takes to see the app running.
 *
 * @module
 */
import { DEMO_ACCOUNTS, SITE } from "../packages/local-wix/src/mod.ts";
import { buildIfChanged } from "./build.ts";
import { checkSettings } from "./check_settings.ts";
import { type Packages, VITE } from "./packages.ts";
import {
  findFreePort,
  runAll,
  superviseUntilEnd,
  waitUntilReady,
} from "./processes.ts";
import { serveArgs } from "./serve.ts";
import { startLocalWix } from "./local_wix.ts";

const FIRST_PORT = 8000;

/** Of an app that talks to local Wix. */
const LOCAL_SETTINGS = {
  WIX_CLIENT_ID: SITE.clientId,
  WIX_CLIENT_SECRET: SITE.clientSecret,
  WIX_CLIENT_INSTANCE_ID: SITE.instanceId,
};

/** Runs the built app, or Vite's dev server, until the program is ended. */
export async function start(
  packages: Packages,
  env: Readonly<Record<string, string>>,
  mode: "built" | "dev",
): Promise<never> {
  const port = findFreePort(FIRST_PORT);
  const origin = `http://localhost:${port}`;
  const useLocalWix = !env.WIX_CLIENT_ID;
  // Whatever .env says of production: here the app is on this machine.
  const settings = {
    ...env,
    APP_ORIGIN: origin,
    ...(useLocalWix && LOCAL_SETTINGS),
  };
  checkSettings(settings);
  if (mode === "built") await runAll([() => buildIfChanged(packages)]);

  const localWix = useLocalWix ? await startLocalWix() : undefined;
  const appEnv: Record<string, string> = {
    ...settings,
    ...(localWix !== undefined && { WIX_API_ORIGIN: localWix.origin }),
  };

  const app = new Deno.Command(Deno.execPath(), {
    args: mode === "built"
      ? serveArgs({ host: "127.0.0.1", port, env: appEnv })
      : devArgs(packages, port),
    env: appEnv,
    stdin: "null",
  }).spawn();
  const ended = superviseUntilEnd([
    { name: "The app", process: app },
    ...(localWix === undefined
      ? []
      : [{ name: "Local Wix", process: localWix.process }]),
  ]);

  // An app that ends before it is ready is the supervisor's news.
  await waitUntilReady(`${origin}/healthz`, app).catch(() => ended);
  console.log(`\n  App       ${settings.APP_ORIGIN}`);
  if (localWix === undefined) {
    const at = env.WIX_API_ORIGIN ?? "the real one, site of WIX_CLIENT_ID";
    console.log(`  Wix       ${at}`);
  } else {
    console.log(`  Wix       local Wix on ${localWix.origin}`);
    console.log(
      "            (set WIX_CLIENT_ID for the real one: .env.example)",
    );
    console.log("  Accounts  any password works");
    for (const { email, note } of DEMO_ACCOUNTS) {
      console.log(`            ${email}  ${note}`);
    }
  }
  console.log("\n  Ctrl-C ends everything.\n");
  return await ended;
}

function devArgs(packages: Packages, port: number): string[] {
  return [
    "run",
    "-A",
    "--config",
    packages.config,
    VITE,
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    "--strictPort",
    // Vite would print an address of its own, under another name.
    "--logLevel",
    "warn",
  ];
}
