import { parseArgs } from "node:util";
import { DEFAULT_PORT } from "./server.ts";

/** What the command line of local Wix can say. */
export interface CliOptions {
  readonly port: number;
  readonly hostname: string;
  readonly quiet: boolean;
  readonly help: boolean;
}

/** How to call local Wix. */
export const USAGE = `Usage: local_wix/main.ts [options]

  --port <number>   first port to try, 0 for any (default ${DEFAULT_PORT})
  --host <address>  address to listen on (default 127.0.0.1)
  --quiet           print the first line only
  --help            print this`;

/** The options in `args`; throws a `TypeError` that names a wrong one. */
export function readCliOptions(args: readonly string[]): CliOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: String(DEFAULT_PORT) },
      host: { type: "string", default: "127.0.0.1" },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { port, host, quiet, help } = values;
  if (!/^\d+$/.test(port) || Number(port) > 65_535) {
    throw new TypeError(`Option '--port' is not 0 to 65535: "${port}"`);
  }
  if (host === "") throw new TypeError("Option '--host' is empty");
  return { port: Number(port), hostname: host, quiet, help };
}
