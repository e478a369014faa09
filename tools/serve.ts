/**
 * Serving the built app with the permissions it needs and no more.
 *
 * @module
 */
import { type Packages, ROOT } from "./packages.ts";

/** Every variable that the app reads; see `lib/config/config.ts`. */
const VARIABLES = [
  "APP_ORIGIN",
  "DENO_DEPLOY",
  "SESSION_SECRET",
  "WIX_API_KEY",
  "WIX_API_ORIGIN",
  "WIX_CLIENT_ID",
  "WIX_CLIENT_INSTANCE_ID",
  "WIX_CLIENT_PUBLIC_KEY",
  "WIX_CLIENT_SECRET",
  "WIX_SITE_ID",
];
const WIX_HOSTS = ["www.wixapis.com:443", "edge.wixapis.com:443"];

/** Returns the arguments of `deno` that serve `_fresh/`. */
export function serveArgs(
  packages: Packages,
  { host, port, env }: {
    host: string;
    port: number;
    env: Readonly<Record<string, string>>;
  },
): string[] {
  const wix = env.WIX_API_ORIGIN;
  const hosts = wix === undefined ? WIX_HOSTS : [new URL(wix).host];
  return [
    "serve",
    "--quiet",
    "--config",
    packages.config,
    "--host",
    host,
    "--port",
    String(port),
    `--allow-read=${ROOT}_fresh,${ROOT}node_modules`,
    `--allow-env=${VARIABLES.join(",")}`,
    // npm packages look for variables of their own; to them there are none.
    "--ignore-env",
    `--allow-net=${hosts.join(",")}`,
    "--no-prompt",
    `${ROOT}_fresh/server.js`,
  ];
}
