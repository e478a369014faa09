/**
 * Local Wix: a server that stands in for Wix on a developer's machine.
 *
 *     deno run --allow-net packages/local-wix/src/main.ts --port 4400
 *
 * `--seed` needs `--allow-read`, `--state` needs `--allow-write` as well. The
 * first line of its output is for programs, the rest for people.
 *
 * @module
 */

import { type CliOptions, readCliOptions, USAGE } from "./cli_options.ts";
import { LineBuffer } from "./line_buffer.ts";
import { readSeed } from "./seed/read_seed.ts";
import { demoSeed, type Seed } from "./seed/seed.ts";
import { accountsOf } from "./seed/site.ts";
import { type LocalWix, startLocalWix } from "./server.ts";

const LISTED_ACCOUNTS = 20;

const options = attempt(
  () => readCliOptions(Deno.args),
  (reason) => `${reason}\n\n${USAGE}`,
);
if (options.help) {
  console.log(USAGE);
} else {
  await run(options);
}
Deno.exit();

async function run(options: CliOptions): Promise<void> {
  const seed = loadSeed(options.seed);
  using lines = new LineBuffer((text) => console.log(text));
  const log = (line: string) => lines.add(line);
  const wix = await start(options, seed, options.quiet ? undefined : log);
  const stop = () => void wix.close();
  const signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGTERM"];
  signals.forEach((signal) => Deno.addSignalListener(signal, stop));
  console.log(`Local Wix listening on ${wix.origin}`);
  if (!options.quiet) introduce(wix, seed);
  await wix.finished;
}

function loadSeed(path: string | undefined): Seed {
  if (path === undefined) return demoSeed();
  return attempt(
    () => readSeed(Deno.readTextFileSync(path)),
    (reason) => `Cannot read seed file ${path}: ${reason}`,
  );
}

async function start(
  { hostname, port, state, latency, deterministic }: CliOptions,
  seed: Seed,
  log: ((line: string) => void) | undefined,
): Promise<LocalWix> {
  try {
    return await startLocalWix({
      hostname,
      port,
      seed,
      latencyMilliseconds: latency,
      ...(state !== undefined && { statePath: state }),
      ...(deterministic !== undefined && { deterministic }),
      ...(log && { log }),
    });
  } catch (error) {
    const text = reasonOf(error);
    // The state file's error says all by itself.
    return fail(
      text.startsWith("Cannot ")
        ? text
        : `Cannot listen on ${hostname} port ${port}: ${text}`,
    );
  }
}

function introduce({ origin }: LocalWix, { site, people }: Seed): void {
  console.log(`\nConsole: ${origin}/`);
  console.log(`Client id ${site.clientId}. Log in as (any password works):`);
  const accounts = accountsOf(people);
  for (const { email, note } of accounts.slice(0, LISTED_ACCOUNTS)) {
    console.log(`  ${email.padEnd(24)} ${note}`);
  }
  const more = accounts.length - LISTED_ACCOUNTS;
  if (more > 0) console.log(`  and ${more} more`);
  console.log("");
}

function attempt<T>(run: () => T, explain: (reason: string) => string): T {
  try {
    return run();
  } catch (error) {
    return fail(explain(reasonOf(error)));
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fail(text: string): never {
  console.error(text);
  Deno.exit(1);
}
