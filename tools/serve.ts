/**
 * Serves the built app with least-privilege permissions.
 *
 * @module
 */
import {
  isLoopback,
  VARIABLES,
} from "../packages/fresh-wix/src/config/read_config.ts";
import { ROOT } from "./packages.ts";
import { superviseUntilEnd, tryListening } from "./processes.ts";
import { checkSettings, type Settings } from "./settings.ts";

/** Variables of the address to listen on; not read by the app itself. */
export const ADDRESS_VARIABLES = ["HOST", "PORT"] as const;

const DEFAULT_HOST = "127.0.0.1";
/** Where `serve` listens without PORT. */
export const DEFAULT_PORT = "8000";

const WIX_HOSTS = ["www.wixapis.com:443", "edge.wixapis.com:443"];

/** Serves the built app until the program is stopped. */
export async function serve(env: Settings): Promise<never> {
  const { HOST: host = DEFAULT_HOST, PORT = DEFAULT_PORT } = env;
  const port = Number(PORT);
  checkSettings(env, addressProblems(host, PORT));
  if (!await isFile(`${ROOT}_fresh/server.js`)) {
    console.error(
      "Cannot serve: the app is not built. Run `deno task build` first",
    );
    Deno.exit(1);
  }
  const warning = hostWarning(host, env.APP_ORIGIN);
  if (warning !== undefined) console.warn(warning);
  const process = new Deno.Command(Deno.execPath(), {
    args: serveArgs({ host, port, env }),
    env,
    stdin: "null",
  }).spawn();
  console.log(`Serving ${env.APP_ORIGIN} on ${host} port ${port}`);
  return await superviseUntilEnd([{ name: "The app", process }]);
}

/** The problem when {@link isPort} is false. */
export const INVALID_PORT = "PORT is not a number from 1 to 65535";

/** Returns whether a program can listen on the port of this number. */
export function isPort(port: string): boolean {
  return /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
}

/**
 * Tries to listen on an address and returns the problems. Each problem starts with
 * the name of its variable.
 */
export function addressProblems(hostname: string, port: string): string[] {
  if (!isPort(port)) return [INVALID_PORT];
  try {
    tryListening(hostname, Number(port));
    return [];
  } catch (error) {
    return error instanceof Deno.errors.AddrInUse
      ? [`PORT ${port} is in use by another program`]
      : error instanceof Deno.errors.PermissionDenied
      ? [`PORT ${port} is not allowed: permission denied`]
      : [
        "HOST is not an address of this machine: use 127.0.0.1, or 0.0.0.0 " +
        "for all addresses",
      ];
  }
}

/** Returns a warning when HOST is public but APP_ORIGIN is local. */
export function hostWarning(
  host: string,
  appOrigin = "",
): string | undefined {
  const address = host.includes(":") ? `[${host}]` : host;
  const ownHost = URL.parse(appOrigin)?.hostname ?? "";
  return !isLoopback(address) && isLoopback(ownHost)
    ? `HOST ${host} accepts connections from other machines, but APP_ORIGIN ` +
      `${appOrigin} is local: users on other machines can't log in`
    : undefined;
}

async function isFile(path: string): Promise<boolean> {
  const info = await Deno.stat(path).catch(() => undefined);
  return info?.isFile === true;
}

/** Returns the arguments of `deno` that serve `_fresh/`. */
export function serveArgs(
  { host, port, env, root = ROOT }: {
    host: string;
    port: number;
    env: Settings;
    /** Folder of the project, with a trailing slash. */
    root?: string;
  },
): string[] {
  const wix = env.WIX_API_ORIGIN;
  const hosts = wix === undefined ? WIX_HOSTS : [hostAndPort(wix)];
  return [
    "serve",
    "--quiet",
    // The build contains all code, including packages.
    "--no-config",
    "--host",
    host,
    "--port",
    String(port),
    `--allow-read=${root}_fresh`,
    `--allow-env=${VARIABLES.join(",")}`,
    // npm packages read other variables: those appear unset.
    "--ignore-env",
    `--allow-net=${hosts.join(",")}`,
    "--no-prompt",
    `${root}_fresh/server.js`,
  ];
}

/** Includes the port, because a host alone would allow all ports. */
function hostAndPort(origin: string): string {
  const { hostname, port, protocol } = new URL(origin);
  return `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}
