/**
 * How fast local Wix answers who is logged in, beside a bare `Deno.serve` that
 * answers the same text, and how its memory does:
 *
 *     deno run -A --config deno.offline.json bench/local_wix.ts
 *     deno run -A --config deno.offline.json bench/local_wix.ts memory
 *
 * The load comes from npm's autocannon, on Node because it is faster there; it
 * compares every answer with the right one. The two servers take turns, each
 * going first in every other round, so that a busy machine is as unfair to one
 * as to the other; the processor time per request says how they do whatever
 * else runs.
 *
 * @module
 */

import type { LocalWix } from "../packages/local-wix/src/mod.ts";
import { get, memberTokens } from "../packages/local-wix/tests/helpers/http.ts";

const PATH = "/members/v1/members/my?fieldsets=FULL";
const CONNECTIONS = 32;
const ROUNDS = 9;
const SECONDS = 2;
const WARM_UP = 50_000;
const MEMORY_ROUNDS = 10;
const REQUESTS_PER_ROUND = 100_000;

interface Server {
  readonly origin: string;
  readonly process: Deno.ChildProcess;
}

interface Target extends Server {
  readonly name: string;
  readonly path: string;
  readonly expected: string;
  readonly authorization: string;
}

const here = new URL("./", import.meta.url);
const wix = await start([
  new URL("../packages/local-wix/src/main.ts", here).pathname,
  "--port=0",
  "--quiet",
]);
// The helpers need to know no more of it.
const helped = { origin: wix.origin } as LocalWix;
const { access: authorization } = await memberTokens(helped);
const { body } = await get(helped, PATH, { authorization });
const expected = JSON.stringify(body);
const localWix = {
  ...wix,
  name: "local Wix",
  path: PATH,
  expected,
  authorization,
};

try {
  if (Deno.args[0] === "memory") await measureMemory(localWix);
  else await measureSpeed(localWix, await startBare(localWix));
} finally {
  wix.process.kill();
}

async function startBare(localWix: Target): Promise<Target> {
  const path = new URL("./bare_server.ts", here).pathname;
  const server = await start([path, localWix.expected]);
  return { ...localWix, ...server, name: "bare Deno.serve" };
}

async function measureSpeed(localWix: Target, bare: Target): Promise<void> {
  using _end = { [Symbol.dispose]: () => bare.process.kill() };
  const rates = new Map<Target, number[]>([[bare, []], [localWix, []]]);
  const targets = [...rates.keys()];
  // By number: on a busy machine seconds would not warm the compiler up.
  for (const target of targets) await load(target, { requests: WARM_UP });
  const before = await Promise.all(targets.map(busySeconds));
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? targets : targets.toReversed();
    for (const target of order) {
      rates.get(target)?.push(await load(target, { seconds: SECONDS }));
    }
  }
  const after = await Promise.all(targets.map(busySeconds));

  const busy = [...rates.values()].map((measured, index) => {
    const requests = measured.reduce((a, b) => a + b) * SECONDS;
    return ((after[index] ?? NaN) - (before[index] ?? NaN)) / requests;
  });
  const [ofBare = [], ofWix = []] = rates.values();
  const [busyBare = NaN, busyWix = NaN] = busy;
  tell(bare, ofBare, busyBare);
  tell(localWix, ofWix, busyWix);
  const pairs = ofWix.map((rate, round) => rate / (ofBare[round] ?? NaN));
  const medians = median(ofWix) / median(ofBare);
  console.log(
    `local Wix / bare: ${medians.toFixed(2)} of the requests by medians, ` +
      `${median(pairs).toFixed(2)} by pairs, for ` +
      `${(busyWix / busyBare).toFixed(1)} times the processor ` +
      `(${bare.expected.length} characters, ${CONNECTIONS} connections)`,
  );
}

function tell(
  { name }: Target,
  rates: readonly number[],
  busySeconds: number,
): void {
  console.log(
    `${name.padEnd(16)} ${Math.round(median(rates))} requests/s, ` +
      `${Math.round(busySeconds * 1e6)} µs of processor each ` +
      `(${rates.map(Math.round).join(", ")})`,
  );
}

async function measureMemory(target: Target): Promise<void> {
  console.log(`${0}\t${await residentMegabytes(target)} MB`);
  for (let round = 1; round <= MEMORY_ROUNDS; round++) {
    await load(target, { requests: REQUESTS_PER_ROUND });
    const requests = round * REQUESTS_PER_ROUND;
    console.log(`${requests}\t${await residentMegabytes(target)} MB`);
  }
}

async function start(args: readonly string[]): Promise<Server> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-config", "--allow-net", ...args],
    stdout: "piped",
  }).spawn();
  const lines = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await lines.read();
  const origin = /http:\S+/.exec(value)?.[0];
  if (!origin) throw new Error(`Cannot start ${args[0]}: it said "${value}"`);
  return { origin: origin.replace("localhost", "127.0.0.1"), process };
}

/** Requests per second; throws when an answer was not the right one. */
async function load(
  { origin, path, expected, authorization }: Target,
  amount: { readonly seconds: number } | { readonly requests: number },
): Promise<number> {
  const { stdout } = await new Deno.Command("npx", {
    args: [
      "--yes",
      "autocannon@8.0.0",
      "--json",
      ...("seconds" in amount
        ? ["--duration", String(amount.seconds)]
        : ["--amount", String(amount.requests)]),
      "--connections",
      String(CONNECTIONS),
      "--headers",
      `authorization=${authorization}`,
      "--expectBody",
      expected,
      origin + path,
    ],
    stderr: "null",
  }).output();
  const result = JSON.parse(new TextDecoder().decode(stdout));
  const wrong = result.mismatches + result.non2xx + result.errors;
  if (wrong > 0) throw new Error(`Cannot count: ${wrong} answers were wrong`);
  return result.requests.total / result.duration;
}

async function residentMegabytes({ process }: Target): Promise<number> {
  const { stdout } = await new Deno.Command("ps", {
    args: ["-o", "rss=", "-p", String(process.pid)],
  }).output();
  return Math.round(Number(new TextDecoder().decode(stdout)) / 1024);
}

/** Processor time so far, in whole seconds or better. */
async function busySeconds({ process }: Target): Promise<number> {
  const { stdout } = await new Deno.Command("ps", {
    args: ["-o", "time=", "-p", String(process.pid)],
  }).output();
  return new TextDecoder().decode(stdout).trim().split(/[:-]/)
    .reduce((total, part) => total * 60 + Number(part), 0);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
