/**
 * Serving the built app with the permissions it needs and no more.
 *
 * @module
 */
import { VARIABLES } from "../lib/config/config.ts";
import { type Packages, ROOT } from "./packages.ts";

const WIX_HOSTS = ["www.wixapis.com:443", "edge.wixapis.com:443"];

/** Returns the arguments of `deno` that serve `_fresh/`. */
export function serveArgs(
  { config }: Pick<Packages, "config">,
  { host, port, env, root = ROOT }: {
    host: string;
    port: number;
    env: Readonly<Record<string, string>>;
    /** Folder of the project, with a slash at the end. */
    root?: string;
  },
): string[] {
  const wix = env.WIX_API_ORIGIN;
  const hosts = wix === undefined ? WIX_HOSTS : [new URL(wix).host];
  return [
    "serve",
    "--quiet",
    "--config",
    config,
    "--host",
    host,
    "--port",
    String(port),
    `--allow-read=${root}_fresh,${root}node_modules`,
    `--allow-env=${VARIABLES.join(",")}`,
    // npm packages look for variables of their own; to them there are none.
    "--ignore-env",
    `--allow-net=${hosts.join(",")}`,
    "--no-prompt",
    `${root}_fresh/server.js`,
  ];
}
