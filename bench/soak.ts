/**
 * Load for a long time, by many people: does the cost stay the same, and the
 * memory?
 *
 * @module
 */
import type { Packages } from "@/tools/packages.ts";
import { Generator, type LoadResult } from "./generator.ts";
import { type InspectableServer, startInspectable } from "./inspector.ts";
import { startLocalWix } from "./local_wix_process.ts";
import { usageOf } from "./process_usage.ts";
import { thisMachine } from "./machine.ts";
import { header } from "./report.ts";
import { appSettings, builtApp } from "./rig.ts";
import type { Server } from "./servers.ts";
import { cookieHeader, expired, Sessions } from "./sessions.ts";
import { median } from "./statistics.ts";

/** Sessions in use at the same time. */
const SESSION_COUNTS = [1, 100, 10_000];
const MANY = 10_000;
const CONNECTIONS = 16;
/** Short, so that a machine that is faster now and then is so for all. */
const COMPARED_SECONDS = 1;
const COMPARED_ROUNDS = 20;

/** Cost and memory may differ by this much. */
const ALLOWED_GROWTH = 0.05;

const SECONDS_PER_MINUTE = 60;

/** What a group of people does. */
interface Crowd {
  readonly name: string;
  readonly path: string;
  readonly marker: string;
  readonly cookies: readonly string[];
}

/** One line of the table. */
interface Period {
  readonly requestsPerSecond: number;
  readonly cpuMicroseconds: number;
  readonly residentMegabytes: number;
  /** What V8 has in use; both after a collection of garbage. */
  readonly heapMegabytes: number;
}

/** Runs it, and prints one line per minute and what follows from them. */
export async function soak(
  packages: Packages,
  minutes: number,
): Promise<void> {
  const project = await builtApp(packages);
  await using wix = await startLocalWix();
  await using generator = await Generator.start();
  const [busy = NaN] = Deno.loadavg();
  const machine = await thisMachine({
    generator: generator.description,
    packages: packages.mode,
    load: busy,
  });
  console.log(`\n${header(machine)}\n\nMaking ${MANY} sessions of each kind`);
  const crowds = await gather(new Sessions(wix.origin));
  await using app = await startInspectable(project, {
    env: appSettings(wix.origin),
  });
  const load = async (crowd: Crowd, seconds: number) =>
    await generator.load({
      url: app.origin + crowd.path,
      connections: CONNECTIONS,
      seconds,
      headers: { accept: "text/html" },
      cookies: crowd.cookies,
      marker: crowd.marker,
    });
  const measured = (seconds: number, chosen: readonly Crowd[]) =>
    measure(app, async () => {
      let answered = 0;
      for (const crowd of chosen) {
        const part = await load(crowd, seconds / chosen.length);
        answered += part.answered;
      }
      return { answered, seconds };
    });

  // Code runs slower until it has run for a while.
  await measured(SECONDS_PER_MINUTE / 4, crowds);
  const [first] = crowds;
  await visitOnce(app.origin, first);
  const spread = await compareCounts(app, first, load);
  console.log(`\nminute   ${HEAD}`);
  const periods: Period[] = [];
  for (let minute = 1; minute <= minutes; minute++) {
    const period = await measured(SECONDS_PER_MINUTE, crowds);
    periods.push(period);
    console.log(`${String(minute).padStart(6)}   ${lineOf(period)}`);
  }
  conclude(spread, periods);
}

/** People with sessions of their own: two kinds of pages, and renewals. */
async function gather(
  sessions: Sessions,
): Promise<[Crowd, Crowd, Crowd]> {
  const member = await sessions.member();
  const [visitors, members] = [
    await inTurn(MANY, () => sessions.visitor()),
    await inTurn(MANY, () => sessions.another(member)),
  ];
  const crowd = async (
    crowd: Omit<Crowd, "cookies">,
    people: Parameters<typeof cookieHeader>[0][],
  ) => ({ ...crowd, cookies: await Promise.all(people.map(cookieHeader)) });
  const orders = { path: "/account/orders", marker: "<span>Ann</span>" };
  return [
    await crowd(
      { name: "members page", path: "/members", marker: "<bdi>Ann</bdi>" },
      visitors,
    ),
    await crowd({ name: "orders page", ...orders }, members),
    await crowd(
      { name: "orders page after a renewal", ...orders },
      members.map(expired),
    ),
  ];
}

/** Sessions in use are those of people who have been here before. */
async function visitOnce(
  origin: string,
  { path, cookies }: Crowd,
): Promise<void> {
  const left = [...cookies];
  await inTurn(cookies.length, async () => {
    const cookie = left.pop();
    if (cookie === undefined) return;
    await (await fetch(origin + path, { headers: { cookie } })).text();
  });
}

/** A few at a time: local Wix is to be asked, not stormed. */
async function inTurn<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  while (made.length < count) {
    made.push(...await Promise.all(Array.from({ length: 20 }, make)));
  }
  return made;
}

/** Returns the cost with most sessions in shares of that with one. */
async function compareCounts(
  { pid }: Server,
  crowd: Crowd,
  load: (crowd: Crowd, seconds: number) => Promise<LoadResult>,
): Promise<number> {
  const crowds = SESSION_COUNTS.map((count) => ({
    crowd: { ...crowd, cookies: crowd.cookies.slice(0, count) },
    answered: 0,
    cpuSeconds: 0,
  }));
  const turns = [...crowds];
  for (let round = 0; round < COMPARED_ROUNDS; round++) {
    for (const turn of turns) {
      const before = await usageOf(pid);
      const { answered } = await load(turn.crowd, COMPARED_SECONDS);
      const after = await usageOf(pid);
      turn.answered += answered;
      turn.cpuSeconds += after.cpuSeconds - before.cpuSeconds;
    }
    turns.reverse();
  }
  console.log("\nsessions   req/s  CPU µs");
  const costs = crowds.map(({ crowd, answered, cpuSeconds }) => {
    const perSecond = answered / (COMPARED_ROUNDS * COMPARED_SECONDS);
    const cost = cpuSeconds * 1e6 / answered;
    console.log(
      [
        String(crowd.cookies.length).padStart(8),
        perSecond.toFixed(0).padStart(7),
        cost.toFixed(0).padStart(7),
      ].join(" "),
    );
    return cost;
  });
  return (costs.at(-1) ?? NaN) / (costs[0] ?? NaN);
}

async function measure(
  { pid, inspect }: InspectableServer,
  work: () => Promise<{ answered: number; seconds: number }>,
): Promise<Period> {
  const before = await usageOf(pid);
  const { answered, seconds } = await work();
  const after = await usageOf(pid);
  using inspector = await inspect();
  await inspector.send("HeapProfiler.collectGarbage");
  const { usedSize } = await inspector.send("Runtime.getHeapUsage") as {
    usedSize: number;
  };
  // Before, it is mostly a matter of when V8 last collected.
  const { residentMegabytes } = await usageOf(pid);
  return {
    requestsPerSecond: answered / seconds,
    cpuMicroseconds: (after.cpuSeconds - before.cpuSeconds) * 1e6 / answered,
    residentMegabytes,
    heapMegabytes: usedSize / 1e6,
  };
}

const HEAD = "  req/s  CPU µs  RSS MB  heap MB, both after collection";

function lineOf(period: Period): string {
  return [
    period.requestsPerSecond.toFixed(0).padStart(7),
    period.cpuMicroseconds.toFixed(0).padStart(7),
    period.residentMegabytes.toFixed(0).padStart(7),
    period.heapMegabytes.toFixed(1).padStart(8),
  ].join(" ");
}

/** The first minutes, in which everything grows to its size, don't count. */
function conclude(spread: number, periods: readonly Period[]): void {
  const part = Math.max(1, Math.floor(periods.length / 4));
  const early = periods.slice(part, 2 * part);
  const late = periods.slice(-part);
  const change = (key: keyof Period) =>
    median(late.map((it) => it[key])) / median(early.map((it) => it[key]));
  const verdict = (text: string, share: number) => {
    const percent = ((share - 1) * 100).toFixed(1);
    const met = share - 1 < ALLOWED_GROWTH ? "met    " : "NOT MET";
    console.log(`${met} ${text}: ${percent} %, less than 5 wanted`);
  };
  console.log();
  verdict(`processor time, ${MANY} sessions to 1`, spread);
  if (periods.length < 4) {
    console.log("Too short to tell what the time changes: 4 minutes at least");
    return;
  }
  const quarters = "last quarter of the time to the second";
  verdict(`processor time, ${quarters}`, change("cpuMicroseconds"));
  verdict(`memory (RSS), ${quarters}`, change("residentMegabytes"));
  verdict(`memory in use, ${quarters}`, change("heapMegabytes"));
}
