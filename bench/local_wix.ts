/**
 * How fast local Wix answers who is logged in, beside a bare `Deno.serve` that
 * answers the same text, and how its memory does:
 *
 *     deno run -A --config deno.offline.json bench/local_wix.ts
 *     deno run -A --config deno.offline.json bench/local_wix.ts memory
 *
 * The load comes from npm's autocannon, on Node because it is faster there; it
 * compares every answer with the right one. The two servers take turns, so
 * that a busy machine is as unfair to one as to the other; the processor time
 * per request says how they do whatever else runs.
 *
 * @module
 */

import type { LocalWix } from "../local_wix/server.ts";
import { get, memberTokens } from "../tests/local_wix/helpers/http.ts";

const PATH = "/members/v1/members/my?fieldsets=FULL";
const CONNECTIONS = 32;
const ROUNDS = 9;
const SECONDS = 2;
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
  new URL("../local_wix/main.ts", here).pathname,
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

if (Deno.args[0] === "memory") await measureMemory(localWix);
else await measureSpeed(localWix);
wix.process.kill();

async function measureSpeed(localWix: Target): Promise<void> {
  const server = await start([
    new URL("./bare_server.ts", here).pathname,
    expected,
  ]);
  const bare = { ...localWix, ...server, name: "bare Deno.serve" };
  const rates = new Map<Target, number[]>([[bare, []], [localWix, []]]);
  for (const target of rates.keys()) await load(target, { seconds: 2 });
  const busyBefore = await Promise.all([bare, localWix].map(busySeconds));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [target, measured] of rates) {
      measured.push(await load(target, { seconds: SECONDS }));
    }
  }
  const busy = await Promise.all([bare, localWix].map(busySeconds));
  server.process.kill();
  for (const [index, [{ name }, measured]] of [...rates].entries()) {
    const seconds = (busy[index] ?? 0) - (busyBefore[index] ?? 0);
    const requests = measured.reduce((a, b) => a + b) * SECONDS;
    const each = Math.round(seconds / requests * 1e6);
    const all = measured.map(Math.round).join(", ");
    const rate = Math.round(median(measured));
    console.log(
      `${name.padEnd(16)} ${rate} requests/s, ${each} µs of processor each ` +
        `(${all})`,
    );
  }
  const [ofBare = [], ofWix = []] = rates.values();
  const ratios = ofWix.map((rate, round) => rate / (ofBare[round] ?? NaN));
  console.log(
    `local Wix / bare ${median(ratios).toFixed(2)}, median of the rounds ` +
      `(${expected.length} characters, ${CONNECTIONS} connections)`,
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
