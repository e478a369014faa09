/**
 * Local Wix: a server that stands in for Wix on a developer's machine.
 *
 *     deno run --allow-net --allow-env local_wix/main.ts --port 4400
 *
 * The first line of its output is for programs, the rest for people.
 */

import { readCliOptions, USAGE } from "./cli_options.ts";
import { DEMO_ACCOUNTS, SITE } from "./seed/site.ts";
import { type LocalWix, startLocalWix } from "./server.ts";

const options = readCliOptions(Deno.args);
if (typeof options === "string") fail(`${options}\n\n${USAGE}`);
if (options.help) {
  console.log(USAGE);
  Deno.exit(0);
}
const { port, hostname, quiet } = options;
const wix = await start();
console.log(`Local Wix listening on ${wix.origin}`);
if (!quiet) introduce();
for (const signal of stopSignals()) Deno.addSignalListener(signal, stop);
await wix.finished;
Deno.exit(0);

async function start(): Promise<LocalWix> {
  try {
    const log = quiet ? () => {} : (line: string) => console.log(line);
    return await startLocalWix({ port, hostname, log });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    fail(`Cannot listen on ${hostname} port ${port}: ${reason}`);
  }
}

function introduce(): void {
  console.log(`\nClient id ${SITE.clientId}. Log in as (any password works):`);
  for (const { email, note } of DEMO_ACCOUNTS) {
    console.log(`  ${email.padEnd(24)} ${note}`);
  }
  console.log("");
}

function stop(): void {
  void wix.close();
}

function stopSignals(): Deno.Signal[] {
  return Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
}

function fail(reason: string): never {
  console.error(reason);
  Deno.exit(1);
}
