import { parseArgs } from "node:util";
import { isHttpUrl } from "./http/origins.ts";
import { DEFAULT_PORT } from "./server.ts";
import { MAX_LATENCY_MILLISECONDS } from "./settings.ts";

/** The options of the command line. */
export interface CliOptions {
  readonly port: number;
  readonly hostname: string;
  /** Name of a seed, or its file. */
  readonly seed: string | undefined;
  /** Version of the catalog. */
  readonly catalog: "v1" | "v3";
  /** Minimum duration of every API response, in milliseconds. */
  readonly latency: number;
  /** File with certificate and key. */
  readonly https: string | undefined;
  /** State file. */
  readonly state: string | undefined;
  /** Makes responses repeatable. */
  readonly deterministic: string | undefined;
  /** URLs that webhooks are sent to. */
  readonly webhooks: readonly string[];
  readonly quiet: boolean;
  readonly help: boolean;
}

/** How to call local Wix. */
export const USAGE = `Usage: local-wix [options]

  --port <number>         first port to try, 0 for any (default ${DEFAULT_PORT})
  --host <address>        address to listen on (default 127.0.0.1)
  --seed <name>           demo, large, empty, or a file, which is reloaded
                          when it changes (default demo)
  --state <file>          save all changes to this file, or to none (default)
  --https <file>          HTTPS with the certificate and key in this PEM file,
                          which is created if missing
  --catalog <version>     version of the shop's catalog, v1 or v3 (default v3)
  --webhook <url>         send events to this URL; can be repeated
  --latency <ms>          minimum duration of every API response
  --deterministic <text>  make responses reproducible: ids are derived from the
                          text, and the clock is stopped until it is moved
  --quiet                 print only the first line
  --help                  print this help

README.md describes each option.`;

/** Parses the options in `args`; throws a `TypeError` that names an invalid one. */
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
      webhook: { type: "string", multiple: true, default: [] },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  for (const [name, value] of Object.entries(values)) {
    if ([value].flat().includes("")) {
      throw new TypeError(`Option '--${name}' is empty`);
    }
  }
  const { port, host, catalog, latency, seed, webhook, ...rest } = values;
  if (catalog !== "v1" && catalog !== "v3") {
    throw new TypeError(`Option '--catalog' must be v1 or v3: "${catalog}"`);
  }
  return {
    port: integer("port", port, 65_535),
    hostname: host,
    seed,
    catalog,
    state: rest.state === "none" ? undefined : rest.state,
    https: rest.https,
    latency: integer("latency", latency, MAX_LATENCY_MILLISECONDS),
    deterministic: rest.deterministic,
    webhooks: webhook.map((text) => webhookUrl(text)),
    quiet: rest.quiet,
    help: rest.help,
  };
}

function webhookUrl(text: string): string {
  if (isHttpUrl(text)) return text;
  throw new TypeError(`Option '--webhook' is not a URL: "${text}"`);
}

function integer(name: string, text: string, max: number): number {
  if (/^\d+$/.test(text) && Number(text) <= max) return Number(text);
  throw new TypeError(`Option '--${name}' must be 0 to ${max}: "${text}"`);
}
