/**
 * Local Wix: a server that stands in for Wix on a developer's machine.
 *
 *     deno run --allow-net local_wix/main.ts --port 4400
 *
 * The first line of its output is for programs, the rest for people.
 *
 * @module
 */

import { type CliOptions, readCliOptions, USAGE } from "./cli_options.ts";
import { DEMO_ACCOUNTS, SITE } from "./seed/site.ts";
import { type LocalWix, startLocalWix } from "./server.ts";

const options = parse();
if (options.help) {
  console.log(USAGE);
} else {
  await run(options);
}
Deno.exit();

async function run(options: CliOptions): Promise<void> {
  const wix = await start(options);
  const stop = () => void wix.close();
  const signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGTERM"];
  signals.forEach((signal) => Deno.addSignalListener(signal, stop));
  console.log(`Local Wix listening on ${wix.origin}`);
  if (!options.quiet) introduce();
  await wix.finished;
}

function parse(): CliOptions {
  try {
    return readCliOptions(Deno.args);
  } catch (error) {
    return fail(`${reason(error)}\n\n${USAGE}`);
  }
}

async function start({ quiet, ...address }: CliOptions): Promise<LocalWix> {
  const log = (line: string) => console.log(line);
  try {
    return await startLocalWix({ ...address, ...(!quiet && { log }) });
  } catch (error) {
    const { hostname, port } = address;
    return fail(`Cannot listen on ${hostname} port ${port}: ${reason(error)}`);
  }
}

function introduce(): void {
  console.log(`\nClient id ${SITE.clientId}. Log in as (any password works):`);
  for (const { email, note } of DEMO_ACCOUNTS) {
    console.log(`  ${email.padEnd(24)} ${note}`);
  }
  console.log("");
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fail(text: string): never {
  console.error(text);
  Deno.exit(1);
}
