/**
 * Local Wix on the command line:
 *
 *     deno run --allow-net jsr:@fresh-wix/local-wix/cli --port 4400
 *
 * `--seed` needs `--allow-read`, `--state` needs `--allow-write` as well. The
 * first line of its output is for programs, the rest for people.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import process from "node:process";
import { type CliOptions, readCliOptions, USAGE } from "./cli_options.ts";
import { readSeed } from "./seed/read_seed.ts";
import { accountsOf, demoSeed, type Seed } from "./seed/seed.ts";
import { type LocalWix, startLocalWix } from "./server.ts";

const LISTED_ACCOUNTS = 20;

const options = attempt(
  () => readCliOptions(process.argv.slice(2)),
  (reason) => `${reason}\n\n${USAGE}`,
);
if (options.help) console.log(USAGE);
else await run(options);
process.exit();

async function run(options: CliOptions): Promise<void> {
  const seed = loadSeed(options.seed);
  const wix = await start(options, seed);
  const stop = () => void wix.close();
  process.on("SIGINT", stop);
  if (process.platform !== "win32") process.on("SIGTERM", stop);
  console.log(`Local Wix listening on ${wix.origin}`);
  if (!options.quiet) introduce(wix, seed);
  await wix.finished;
}

function loadSeed(path: string | undefined): Seed {
  if (path === undefined) return demoSeed();
  return attempt(
    () => readSeed(readFileSync(path, "utf8")),
    (reason) => `Cannot read seed file ${path}: ${reason}`,
  );
}

async function start(options: CliOptions, seed: Seed): Promise<LocalWix> {
  const {
    hostname,
    port,
    catalog,
    state,
    latency,
    deterministic,
    quiet,
    webhooks,
  } = options;
  try {
    return await startLocalWix({
      hostname,
      port,
      seed,
      catalog,
      latencyMilliseconds: latency,
      ...(webhooks.length > 0 && { webhookUrls: webhooks }),
      ...(state !== undefined && { statePath: state }),
      ...(deterministic !== undefined && { deterministic }),
      ...(!quiet && { log: (line: string) => console.log(line) }),
    });
  } catch (error) {
    const text = reasonOf(error);
    // The state file's error is complete.
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
  return process.exit(1);
}
