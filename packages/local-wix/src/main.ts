/**
 * Local Wix on the command line:
 *
 *     deno run --allow-net jsr:@fresh-wix/local-wix/cli --port 4400
 *
 * `--seed` needs `--allow-read`, `--state` and `--https` need `--allow-write` as
 * well. On Node: `npx @fresh-wix/local-wix --port 4400`. The first line of its
 * output is for programs, the rest for developers.
 *
 * @module
 */
import process from "node:process";
import { type CliOptions, readCliOptions, USAGE } from "./cli_options.ts";
import { readCertificate } from "./http/certificate.ts";
import { definedOnly } from "./http/json.ts";
import { loadSeed, watchSeed } from "./seed/load_seed.ts";
import { accountsOf, type Seed } from "./seed/seed.ts";
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
  const { seed: name = "demo", quiet } = options;
  const seed = await loadSeed(name).catch((error) => fail(reasonOf(error)));
  let wix = await start(options, seed);
  const stopped = new Promise<void>((resolve) => {
    process.on("SIGINT", () => resolve());
    if (process.platform !== "win32") process.on("SIGTERM", () => resolve());
  });
  console.log(`Local Wix listening on ${wix.origin}`);
  if (!quiet) introduce(wix, seed);
  const port = Number(new URL(wix.origin).port);
  let reloading = Promise.resolve();
  const unwatch = watchSeed(name, () => {
    reloading = reloading.then(async () => {
      const changed = await loadSeed(name);
      await wix.close();
      wix = await start({ ...options, port }, changed);
      wix.controls.reset();
      if (!quiet) console.log(`Reloaded the seed from ${name}`);
    }).catch((error) => console.error(reasonOf(error)));
  });
  await stopped;
  unwatch();
  await reloading;
  await wix.close();
}

async function start(options: CliOptions, seed: Seed): Promise<LocalWix> {
  const { hostname, port, catalog, latency, deterministic, quiet } = options;
  const { https, webhooks } = options;
  const pem = https === undefined ? undefined : attempt(
    () => readCertificate(https),
    (reason) => `Cannot use certificate ${https}: ${reason}`,
  );
  try {
    return await startLocalWix({
      hostname,
      port,
      seed,
      catalog,
      latencyMilliseconds: latency,
      ...(webhooks.length > 0 && { webhookUrls: webhooks }),
      ...definedOnly({
        pem,
        statePath: options.state,
        deterministic,
        log: quiet ? undefined : (line: string) => console.log(line),
      }),
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
