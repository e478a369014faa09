/**
 * Serving the built app with the permissions it needs and no more.
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

/** Variables that say where to listen; the app itself reads neither. */
export const ADDRESS_VARIABLES = ["HOST", "PORT"] as const;

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = "8000";

const WIX_HOSTS = ["www.wixapis.com:443", "edge.wixapis.com:443"];

/** Serves the built app until the program is ended. */
export async function serve(env: Settings): Promise<never> {
  const { HOST: host = DEFAULT_HOST, PORT = DEFAULT_PORT } = env;
  const port = Number(PORT);
  checkSettings(env, addressProblems(host, PORT));
  if (!await isFile(`${ROOT}_fresh/server.js`)) {
    console.error(
      "Cannot serve: nothing is built, run `deno task build` first",
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

/**
 * Returns what is wrong with where to listen, found out by trying. Each problem
 * begins with the name of its variable.
 */
export function addressProblems(hostname: string, port: string): string[] {
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    return ["PORT is not a number from 1 to 65535"];
  }
  try {
    tryListening(hostname, Number(port));
    return [];
  } catch (error) {
    return error instanceof Deno.errors.AddrInUse
      ? [`PORT is taken: another program listens on ${port}, choose another`]
      : error instanceof Deno.errors.PermissionDenied
      ? [`PORT is refused: cannot listen on port ${port}, permission denied`]
      : [
        "HOST is not an address of this machine, such as 127.0.0.1, or 0.0.0.0" +
        " for all of them",
      ];
  }
}

/** Returns what is odd about a server that other machines reach. */
export function hostWarning(
  host: string,
  appOrigin = "",
): string | undefined {
  const address = host.includes(":") ? `[${host}]` : host;
  const ownHost = URL.parse(appOrigin)?.hostname ?? "";
  return !isLoopback(address) && isLoopback(ownHost)
    ? `HOST ${host} lets other machines in, but APP_ORIGIN ${appOrigin} is ` +
      "this machine's: no user of another machine can log in"
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
    /** Folder of the project, with a slash at the end. */
    root?: string;
  },
): string[] {
  const wix = env.WIX_API_ORIGIN;
  const hosts = wix === undefined ? WIX_HOSTS : [hostAndPort(wix)];
  return [
    "serve",
    "--quiet",
    // The build holds all that it needs, packages too.
    "--no-config",
    "--unstable-no-legacy-abort",
    "--host",
    host,
    "--port",
    String(port),
    `--allow-read=${root}_fresh`,
    `--allow-env=${VARIABLES.join(",")}`,
    // npm packages look for variables of their own; to them there are none.
    "--ignore-env",
    `--allow-net=${hosts.join(",")}`,
    "--no-prompt",
    `${root}_fresh/server.js`,
  ];
}

/** With the port: a host alone would allow all of its ports. */
function hostAndPort(origin: string): string {
  const { hostname, port, protocol } = new URL(origin);
  return `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}
