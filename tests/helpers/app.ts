/**
 * Runs the built app as a process, with the permissions of `deno task serve`.
 *
 * @module
 */
import { SITE, WEBHOOK_PUBLIC_KEY } from "@/packages/local-wix/src/mod.ts";
import { VARIABLES } from "@/packages/fresh-wix/src/config/read_config.ts";
import { waitUntilReady } from "@/tools/processes.ts";
import { ROOT } from "@/tools/packages.ts";
import { ADDRESS_VARIABLES, serveArgs } from "@/tools/serve.ts";
import { type HostName, prepareHost } from "./hosts.ts";
import { nextPort } from "./ports.ts";

/** A running app. */
export interface App extends AsyncDisposable {
  /** The origin it listens on; also `APP_ORIGIN`, unless the settings differ. */
  readonly origin: string;
  /** Returns the output on stdout and stderr so far. */
  output(): string;
  readonly pid: number;
  /** Kills the process. */
  kill(): void;
  /** Stops the process; returns its exit code. */
  end(signal: Deno.Signal): Promise<number>;
}

/** Path of the config of this test run. */
export const CONFIG_PATH = Deno.env.get("FRESH_WIX_CONFIG") ??
  `${ROOT}deno.offline.json`;

/** Settings of an app that calls the local Wix at `wixOrigin`. */
export function localSettings(wixOrigin: string): Record<string, string> {
  return {
    WIX_CLIENT_ID: SITE.clientId,
    WIX_CLIENT_SECRET: SITE.clientSecret,
    WIX_CLIENT_INSTANCE_ID: SITE.instanceId,
    WIX_CLIENT_PUBLIC_KEY: btoa(WEBHOOK_PUBLIC_KEY),
    WIX_API_ORIGIN: wixOrigin,
    DEVELOPER_HINTS: "true",
    LOG_FORMAT: "text",
  };
}

/** Options of {@link startApp}. */
export interface AppOptions {
  /** A project copy to run instead of this project. */
  readonly project?: { readonly root: string };
  /** Path that returns 200 when the app is ready. Default `/healthz`. */
  readonly readyPath?: string;
  /** Default: a free port. */
  readonly port?: number;
  /** Changes the arguments of `deno`, which runs it then. */
  readonly changeArgs?: (args: string[]) => string[];
  /** Runs the worker of `--target wix` there. Default: `TEST_HOST`, else Deno. */
  readonly host?: HostName | undefined;
}

/** The host to test, `undefined` for Deno. */
export const TEST_HOST = Deno.env.get("TEST_HOST") as HostName | undefined;

/** Unsets the settings of this machine: an empty variable is unset. */
export const NO_SETTINGS: Readonly<Record<string, string>> = Object.fromEntries(
  [...VARIABLES, ...ADDRESS_VARIABLES].map((name) => [name, ""]),
);

/** Serves `_fresh/` on a free port, and waits until it responds. */
export async function startApp(
  settings: Record<string, string>,
  {
    project = { root: ROOT },
    readyPath = "/healthz",
    port = nextPort(),
    changeArgs,
    host = changeArgs ? undefined : TEST_HOST,
  }: AppOptions = {},
): Promise<App> {
  const origin = `http://localhost:${port}`;
  const env = { APP_ORIGIN: origin, ...settings };
  const { root } = project;
  const hosted = host && await prepareHost(host, CONFIG_PATH, root, port);
  const serve = serveArgs({ host: "127.0.0.1", port, env, root });
  const { command, args } = hosted ?? {
    command: Deno.execPath(),
    args: changeArgs?.(serve) ?? serve,
  };
  const process = new Deno.Command(command, {
    args: [...args],
    cwd: root,
    env: { ...NO_SETTINGS, ...env, ...hosted?.env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output: string[] = [];
  const reading = [process.stdout, process.stderr].map(async (stream) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      output.push(text);
    }
  });
  const stop = async () => {
    try {
      process.kill("SIGTERM");
    } catch {
      // It has already exited.
    }
    await process.status;
    await Promise.all(reading);
    await hosted?.[Symbol.asyncDispose]();
  };
  try {
    await waitUntilReady(origin + readyPath, process);
  } catch (error) {
    await stop();
    throw new Error(`The app did not start:\n${output.join("")}`, {
      cause: error,
    });
  }
  return {
    origin,
    output: () => output.join(""),
    pid: process.pid,
    kill: () => process.kill("SIGKILL"),
    async end(signal) {
      process.kill(signal);
      return (await process.status).code;
    },
    [Symbol.asyncDispose]: stop,
  };
}
