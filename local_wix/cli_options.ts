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

  --port <number>   first port to try, 0 for any free one (default ${DEFAULT_PORT})
  --host <address>  address to listen on (default 127.0.0.1)
  --quiet           print the first line only
  --help            print this`;

/** The options in `args`, or a sentence about the argument that is wrong. */
export function readCliOptions(args: readonly string[]): CliOptions | string {
  let [port, hostname, quiet, help] = [DEFAULT_PORT, "127.0.0.1", false, false];
  const rest = args.flatMap((arg) =>
    /^--\w+=/.test(arg) ? splitOnce(arg, "=") : [arg]
  );
  while (rest.length > 0) {
    const name = rest.shift() ?? "";
    switch (name) {
      case "--port": {
        const value = rest.shift() ?? "";
        port = Number(value);
        if (!/^\d+$/.test(value) || port > 65_535) {
          return `--port needs a number from 0 to 65535, not "${value}"`;
        }
        break;
      }
      case "--host":
        hostname = rest.shift() ?? "";
        if (hostname === "" || hostname.startsWith("--")) {
          return "--host needs an address";
        }
        break;
      case "--quiet":
        quiet = true;
        break;
      case "--help":
        help = true;
        break;
      default:
        return `Unknown argument "${name}"`;
    }
  }
  return { port, hostname, quiet, help };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + separator.length)];
}
