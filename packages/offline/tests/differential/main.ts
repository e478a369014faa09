/**
 * Sends the same requests to two builds of this project, each before a local
 * Wix of its own, and prints in what their responses differ.
 *
 * @module
 */
import { globSync } from "node:fs";
import * as requests from "./requests.ts";
import { Run, startSide } from "./run.ts";

const USAGE = `Usage: deno run -A --config CONFIG main.ts DIR DIR

DIR is a folder of this project with a built _fresh/, such as one built with the
real packages and one with the stubs. The exit code is 1 when they differ in
something that run.ts does not know.`;

async function compareBuilds(run: Run, root: string): Promise<void> {
  const patterns = requests.routePatterns(globFiles(`${root}/routes`));
  const plain = patterns.filter((pattern) => !pattern.includes("["));
  const guest = await run.crawl("guest", plain);
  const member = await run.crawl("member", plain);
  const customer = await run.crawl("customer", plain);
  const linked = [...member.paths, ...guest.paths];
  const paths = patterns.flatMap((path) => requests.examples(path, linked));
  const files = globFiles(`${root}/static`).map((path) => `/${path}`);
  const targets = [...paths, ...files, "/BUILT.js"];
  const probes = [
    ...targets.flatMap(requests.methodProbes),
    ...paths.flatMap(requests.spellingProbes),
    ...targets.flatMap(requests.headerProbes),
    ...requests.oddProbes(plain),
    ...[guest, member, customer].flatMap(({ forms }) => forms)
      .flatMap(requests.formProbes),
  ];
  for (const probe of probes) await run.compare(probe);
}

/** Prints the findings; returns whether all of them are known. */
function report(run: Run): boolean {
  const findings = run.findings();
  for (const { kind, reason, count, probe, difference } of findings) {
    console.log(`${count} × ${kind}${reason ? ` (harmless: ${reason})` : ""}
  request  ${shorten(JSON.stringify(probe))}
  first    ${shorten(difference.first)}
  second   ${shorten(difference.second)}\n`);
  }
  const unknown = findings.filter(({ reason }) => reason === undefined);
  console.log(
    `${run.count} requests, ${findings.length} kinds of differences, ` +
      `${unknown.length} of them unknown`,
  );
  return unknown.length === 0;
}

function globFiles(folder: string): string[] {
  return globSync("**/*.*", { cwd: folder }).sort();
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

const [first, second] = Deno.args;
if (first === undefined || second === undefined) {
  console.error(USAGE);
  Deno.exit(2);
}
const one = await startSide(first);
await using _one = one.site;
const other = await startSide(second);
await using _other = other.site;
const run = new Run([one, other]);
await compareBuilds(run, first);
Deno.exitCode = report(run) ? 0 : 1;
