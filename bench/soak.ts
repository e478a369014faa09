/**
 * Load for a long time, by many people: does the cost stay the same, and the
 * memory?
 *
 * @module
 */
import type { Packages } from "@/tools/packages.ts";
import { Generator } from "./generator.ts";
import {
  costOf,
  type Count,
  type Growth,
  growthOf,
  type Minute,
  type Pair,
  shareOf,
  total,
} from "./growth.ts";
import { type InspectableServer, startInspectable } from "./inspector.ts";
import { startLocalWix } from "./local_wix_process.ts";
import { usageOf } from "./process_usage.ts";
import { thisMachine } from "./machine.ts";
import { header } from "./report.ts";
import { buildReference } from "./reference_project.ts";
import { appSettings, builtApp, withSessions } from "./rig.ts";
import { type Server, startProject } from "./servers.ts";
import { cookieHeader, expired, Sessions } from "./sessions.ts";
import { mean } from "./statistics.ts";

/** Sessions in use at the same time. */
const SESSION_COUNTS = [1, 100, 10_000];
const MANY = 10_000;
const CONNECTIONS = 16;
/** Short, so that a machine that is faster now and then is so for all. */
const COMPARED_SECONDS = 1;
const COMPARED_ROUNDS = 20;

/** A minute is a minute of load on this app; the reference's comes on top. */
const TURNS = 5;
const APP_SECONDS = 4;
const REFERENCE_SECONDS = 1;

/** Cost and memory may grow by this much. */
const ALLOWED_GROWTH = 0.05;

/** What a group of people does. */
interface Crowd {
  readonly name: string;
  readonly path: string;
  readonly marker: string;
  readonly cookies: readonly string[];
}

/** Puts a load on a server. */
type PutLoad = (
  server: Server,
  crowd: Crowd,
  seconds: number,
) => Promise<Count>;

/** Runs it, and prints one line per minute and what follows from them. */
export async function soak(
  packages: Packages,
  minutes: number,
): Promise<void> {
  const project = await builtApp(packages);
  await using referenceCopy = await buildReference(packages);
  await using wix = await startLocalWix();
  await using generator = await Generator.start();
  const [busy = NaN] = Deno.loadavg();
  const machine = await thisMachine({
    generator: generator.description,
    packages: packages.mode,
    load: busy,
  });
  console.log(`\n${header(machine)}\n\nMaking ${MANY} sessions of each kind`);
  const sessions = new Sessions(wix.origin);
  const crowds = await gather(sessions);
  const settings = appSettings(wix.origin);
  await using app = await startInspectable(project, { env: settings });
  await using reference = await startProject(
    referenceCopy,
    withSessions(await sessions.forReference(), settings),
  );
  const load: PutLoad = async ({ origin, pid }, crowd, seconds) => {
    const before = await usageOf(pid);
    const result = await generator.load({
      url: origin + crowd.path,
      connections: CONNECTIONS,
      seconds,
      headers: { accept: "text/html" },
      cookies: crowd.cookies,
      marker: crowd.marker,
    });
    const after = await usageOf(pid);
    return {
      answered: result.answered,
      seconds: result.seconds,
      cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    };
  };
  const minute = async (): Promise<Minute> => ({
    crowds: await inTurns(app, reference, crowds, load),
    ...await memoryInUse(app),
  });

  // Code runs slower until it has run for a while.
  await minute();
  const [visitors] = crowds;
  await visitOnce(app.origin, visitors);
  const spread = await compareCounts(
    visitors,
    (crowd) => load(app, crowd, COMPARED_SECONDS),
  );
  if (minutes > 0) console.log(`\n${headOf(crowds)}`);
  const passed: Minute[] = [];
  while (passed.length < minutes) {
    const measured = await minute();
    passed.push(measured);
    console.log(lineOf(passed.length, measured));
  }
  conclude(crowds, spread, growthOf(passed));
}

/**
 * Lets each crowd ask the app and right beside it, without cookies, the
 * reference app, which has one session and keeps none.
 */
async function inTurns(
  app: Server,
  reference: Server,
  crowds: readonly Crowd[],
  load: PutLoad,
): Promise<Pair[]> {
  const counted = crowds.map((crowd) => ({
    crowd,
    app: [] as Count[],
    reference: [] as Count[],
  }));
  for (let turn = 0; turn < TURNS; turn++) {
    for (const { crowd, ...counts } of counted) {
      const loads = [
        async () => counts.app.push(await load(app, crowd, APP_SECONDS)),
        async () =>
          counts.reference.push(
            await load(
              reference,
              { ...crowd, cookies: [] },
              REFERENCE_SECONDS,
            ),
          ),
      ];
      // What is left of one load is done during the next one.
      if (turn % 2 === 1) loads.reverse();
      for (const put of loads) await put();
    }
  }
  return counted.map(({ app, reference }) => ({
    app: total(app),
    reference: total(reference),
  }));
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
      { name: "members", path: "/members", marker: "<bdi>Ann</bdi>" },
      visitors,
    ),
    await crowd({ name: "orders", ...orders }, members),
    await crowd(
      { name: "orders, renewed", ...orders },
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
  crowd: Crowd,
  load: (crowd: Crowd) => Promise<Count>,
): Promise<number> {
  const counted = SESSION_COUNTS.map((count) => ({
    crowd: { ...crowd, cookies: crowd.cookies.slice(0, count) },
    counts: [] as Count[],
  }));
  const turns = [...counted];
  for (let round = 0; round < COMPARED_ROUNDS; round++) {
    for (const { crowd, counts } of turns) counts.push(await load(crowd));
    turns.reverse();
  }
  console.log("\nsessions   req/s  CPU µs");
  const costs = counted.map(({ crowd, counts }) => {
    const all = total(counts);
    console.log(
      [
        String(crowd.cookies.length).padStart(8),
        (all.answered / all.seconds).toFixed(0).padStart(7),
        costOf(all).toFixed(0).padStart(7),
      ].join(" "),
    );
    return costOf(all);
  });
  return (costs.at(-1) ?? NaN) / (costs[0] ?? NaN);
}

async function memoryInUse(
  { pid, inspect }: InspectableServer,
): Promise<Pick<Minute, "residentMegabytes" | "heapMegabytes">> {
  using inspector = await inspect();
  await inspector.send("HeapProfiler.collectGarbage");
  const { usedSize } = await inspector.send("Runtime.getHeapUsage") as {
    usedSize: number;
  };
  // Before, it is mostly a matter of when V8 last collected.
  const { residentMegabytes } = await usageOf(pid);
  return { residentMegabytes, heapMegabytes: usedSize / 1e6 };
}

const WIDTH = 20;

function headOf(crowds: readonly Crowd[]): string {
  const names = crowds.map(({ name }) => name.padStart(WIDTH));
  const each = crowds.map(() => "CPU µs  CPU share".padStart(WIDTH));
  return [
    ["      ", ...names, "     after collection"].join(""),
    ["minute", ...each, "   RSS MB  heap MB"].join(""),
  ].join("\n");
}

function lineOf(
  number: number,
  { crowds, residentMegabytes, heapMegabytes }: Minute,
): string {
  return [
    String(number).padStart(6),
    ...crowds.map((pair) =>
      [
        costOf(pair.app).toFixed(0).padStart(WIDTH - 11),
        shareOf(pair).toFixed(3).padStart(11),
      ].join("")
    ),
    residentMegabytes.toFixed(0).padStart(9),
    heapMegabytes.toFixed(1).padStart(9),
  ].join("");
}

function conclude(
  crowds: readonly Crowd[],
  spread: number,
  growth: Growth | undefined,
): void {
  const percent = (ratio: number) => `${((ratio - 1) * 100).toFixed(1)} %`;
  const verdict = (text: string, ratio: number) => {
    const met = ratio - 1 < ALLOWED_GROWTH ? "met    " : "NOT MET";
    console.log(
      `${Number.isNaN(ratio) ? "unknown" : met} ${text}: ` +
        `${percent(ratio)}, less than 5 wanted`,
    );
  };
  console.log();
  verdict(`processor time with ${MANY} sessions, beside one`, spread);
  if (growth === undefined) {
    console.log("Too few minutes to tell what the time changes");
    return;
  }
  console.log("\nThe last quarter of the time beside the second:");
  verdict("processor time beside the reference app's", mean(growth.relative));
  verdict("memory at its peak (RSS)", growth.residentMegabytes);
  verdict("memory in use at its peak", growth.heapMegabytes);
  const each = crowds.map(({ name }, crowd) =>
    `${name} ${percent(growth.relative[crowd] ?? NaN)}`
  );
  console.log(
    `Processor time of each crowd beside the reference app's: ` +
      `${each.join(", ")}\n` +
      `By itself: this app ${percent(growth.app)}, ` +
      `the reference app ${percent(growth.reference)}`,
  );
}
