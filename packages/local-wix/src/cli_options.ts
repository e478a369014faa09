import { parseArgs } from "node:util";
import { DEFAULT_PORT } from "./server.ts";
import { MAX_LATENCY_MILLISECONDS } from "./settings.ts";

/** The options of the command line. */
export interface CliOptions {
  readonly port: number;
  readonly hostname: string;
  /** Seed file. */
  readonly seed: string | undefined;
  /** Version of the catalog. */
  readonly catalog: "v1" | "v3";
  /** Milliseconds that every API response takes at least. */
  readonly latency: number;
  /** File with certificate and key. */
  readonly https: string | undefined;
  /** State file. */
  readonly state: string | undefined;
  /** Makes responses repeatable. */
  readonly deterministic: string | undefined;
  readonly quiet: boolean;
  readonly help: boolean;
}

/** How to call local Wix. */
export const USAGE = `Usage: local-wix [options]

  --port <number>         first port to try, 0 for any (default ${DEFAULT_PORT})
  --host <address>        address to listen on (default 127.0.0.1)
  --seed <file>           JSON with the site, its members and their orders
  --state <file>          keep everything that changes in this file
  --https <file>          HTTPS with the certificate and key in this PEM file,
                          which is made when it does not exist
  --catalog <version>     of the shop's catalog, v1 or v3 (default v3)
  --latency <ms>          every API response takes at least this long
  --deterministic <text>  same calls, same responses: ids follow from it,
                          and the clock stands still until it is moved
  --quiet                 print the first line only
  --help                  print this

README.md explains each of them.`;

/** The options in `args`; throws a `TypeError` that names a wrong one. */
export function readCliOptions(args: readonly string[]): CliOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: String(DEFAULT_PORT) },
      host: { type: "string", default: "127.0.0.1" },
      seed: { type: "string" },
      state: { type: "string" },
      https: { type: "string" },
      catalog: { type: "string", default: "v3" },
      latency: { type: "string", default: "0" },
      deterministic: { type: "string" },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  for (const [name, value] of Object.entries(values)) {
    if (value === "") throw new TypeError(`Option '--${name}' is empty`);
  }
  const { port, host, catalog, latency, seed, ...rest } = values;
  if (catalog !== "v1" && catalog !== "v3") {
    throw new TypeError(`Option '--catalog' is not v1 or v3: "${catalog}"`);
  }
  return {
    port: integer("port", port, 65_535),
    hostname: host,
    seed,
    catalog,
    state: rest.state,
    https: rest.https,
    latency: integer("latency", latency, MAX_LATENCY_MILLISECONDS),
    deterministic: rest.deterministic,
    quiet: rest.quiet,
    help: rest.help,
  };
}

function integer(name: string, text: string, max: number): number {
  if (/^\d+$/.test(text) && Number(text) <= max) return Number(text);
  throw new TypeError(`Option '--${name}' is not 0 to ${max}: "${text}"`);
}
