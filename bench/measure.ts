/**
 * Measuring servers side by side.
 *
 * @module
 */
import { usageOf } from "./process_usage.ts";
import type { Rig, RigServers } from "./rig.ts";
import { JUDGED, type Scenario, SCENARIOS } from "./scenarios.ts";
import type { Server } from "./servers.ts";
import { median } from "./statistics.ts";

/** How much is measured. */
export interface Effort {
  readonly connections: readonly number[];
  /** How long Wix takes to answer, in milliseconds. */
  readonly latencies: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
}

/** What was measured of one server. */
export interface Figures {
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Processor time of the server's process per request, in microseconds. */
  readonly cpuMicroseconds: number;
  /** Calls that reached Wix per request. */
  readonly upstreamCalls: number;
}

/** Which server. */
export type TargetName = "app" | "stepless" | "reference" | "bare";

/** One line of the table: a server under one load. */
export interface Cell extends Figures {
  readonly scenario: string;
  readonly target: TargetName;
  readonly connections: number;
  readonly latencyMilliseconds: number;
  /**
   * Share of the requests per second of the server that it is compared with,
   * median of the rounds.
   */
  readonly share?: number;
  /** The same of each round: how far it may be trusted. */
  readonly shares?: readonly number[];
  /** Processor time per request, in shares of that server's. */
  readonly cpuShare?: number;
}

/** One load, and what it was for each server in one round. */
export interface RoundOfLoad {
  readonly scenario: string;
  readonly connections: number;
  readonly latencyMilliseconds: number;
  readonly figures: ReadonlyMap<TargetName, Figures>;
}

/** What was counted of one server in a short time. */
interface Slice {
  readonly answered: number;
  readonly sent: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly upstreamCalls: number;
  /** Of each answer. */
  readonly milliseconds: readonly number[];
}

/**
 * V8 compiles what runs often, and is at it for some ten seconds of load. That
 * is not counted.
 */
const WARM_UP = { connections: 16, seconds: 10 };

/**
 * The servers take turns this often: a virtual machine's speed may change by
 * half within seconds, and should for all of them.
 */
const SLICE_SECONDS = 0.5;

/** For what budgets are judged by: shorter turns, and so many times as long. */
const WHEN_JUDGED = { sliceSeconds: 0.25, factor: 5 };

/** Measures a scenario once under each load. */
export async function* measureRound(
  rig: Rig,
  servers: RigServers,
  scenario: Scenario,
  { connections, latencies, seconds }: Effort,
): AsyncGenerator<RoundOfLoad> {
  const targets = targetsOf(servers, scenario);
  const mattering = scenario.upstreamCalls === 0 ? [0] : latencies;
  // In turns, too: V8 gives memory and code back after twenty idle seconds, and
  // takes several more to get up to speed again.
  for (let time = 0; time < WARM_UP.seconds; time += SLICE_SECONDS) {
    for (const server of targets.values()) {
      await measure(
        rig,
        server,
        scenario,
        WARM_UP.connections,
        SLICE_SECONDS,
      );
    }
  }
  for (const latencyMilliseconds of mattering) {
    await rig.wix.setLatency(latencyMilliseconds);
    for (const count of connections) {
      const slices = new Map<TargetName, Slice[]>(
        [...targets.keys()].map((name) => [name, []]),
      );
      const turns = [...targets];
      const { sliceSeconds, factor } =
        isJudged(scenario, count, latencyMilliseconds)
          ? WHEN_JUDGED
          : { sliceSeconds: SLICE_SECONDS, factor: 1 };
      for (let time = 0; time < seconds * factor; time += sliceSeconds) {
        for (const [name, server] of turns) {
          slices.get(name)?.push(
            await measure(rig, server, scenario, count, sliceSeconds),
          );
        }
        // What is left of one load is done during the next one.
        turns.reverse();
      }
      yield {
        scenario: scenario.name,
        connections: count,
        latencyMilliseconds,
        figures: new Map(
          [...slices].map(([name, slices]) => [name, figuresOf(slices)]),
        ),
      };
    }
  }
  await rig.wix.setLatency(0);
}

function isJudged(
  { wanted }: Scenario,
  connections: number,
  latencyMilliseconds: number,
): boolean {
  return wanted !== undefined && connections === JUDGED.connections &&
    latencyMilliseconds === JUDGED.latencyMilliseconds;
}

/** The servers that can answer a scenario. */
function targetsOf(
  { app, stepless, reference, bare }: RigServers,
  { name, wanted }: Scenario,
): Map<TargetName, Server> {
  return new Map<TargetName, Server>([
    ["app", app],
    ...(wanted?.of === "stepless" ? [["stepless", stepless] as const] : []),
    ...(wanted === undefined && name !== "static"
      ? []
      : [["reference", reference] as const]),
    ...(name === "home" ? [["bare", bare] as const] : []),
  ]);
}

/** Puts one load on one server. */
export async function measure(
  { generator, wix, cookies }: Rig,
  { origin, pid }: Server,
  { path, as, marker }: Scenario,
  connections: number,
  seconds: number,
): Promise<Slice> {
  const [before, callsBefore] = await Promise.all([usageOf(pid), wix.count()]);
  const { answered, sent, seconds: took, milliseconds } = await generator.load({
    url: origin + path,
    connections,
    seconds,
    headers: { accept: "text/html" },
    cookies: cookies[as],
    marker,
  });
  const [after, callsAfter] = await Promise.all([usageOf(pid), wix.count()]);
  return {
    answered,
    sent,
    seconds: took,
    milliseconds,
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    upstreamCalls: callsAfter.all - callsBefore.all,
  };
}

function figuresOf(slices: readonly Slice[]): Figures {
  const sum = (key: Exclude<keyof Slice, "milliseconds">) =>
    slices.reduce((total, slice) => total + slice[key], 0);
  const times = slices.flatMap(({ milliseconds }) => milliseconds)
    .sort((a, b) => a - b);
  const quantile = (share: number) =>
    times[Math.floor(times.length * share)] ?? NaN;
  return {
    requestsPerSecond: sum("answered") / sum("seconds"),
    p50: quantile(0.5),
    p99: quantile(0.99),
    cpuMicroseconds: sum("cpuSeconds") * 1e6 / sum("answered"),
    upstreamCalls: sum("upstreamCalls") / sum("sent"),
  };
}

/** Returns the lines of the table, by scenario: the medians of all rounds. */
export function cellsOf(measured: readonly RoundOfLoad[]): Cell[] {
  const loads = Map.groupBy(
    measured,
    ({ scenario, connections, latencyMilliseconds }) =>
      `${scenario} ${connections} ${latencyMilliseconds}`,
  );
  return SCENARIOS.flatMap(({ name, wanted }) =>
    [...loads.values()].flatMap((rounds) =>
      rounds[0]?.scenario === name
        ? linesOf(rounds, wanted?.of ?? "reference")
        : []
    )
  );
}

function linesOf(
  rounds: readonly RoundOfLoad[],
  comparedWith: TargetName,
): Cell[] {
  const [first] = rounds;
  if (first === undefined) return [];
  const { scenario, connections, latencyMilliseconds } = first;
  const valuesOf = (target: TargetName, key: keyof Figures) =>
    rounds.map(({ figures }) => figures.get(target)?.[key] ?? NaN);
  return [...first.figures.keys()].map((target) => {
    const of = (key: keyof Figures) => median(valuesOf(target, key));
    const sharesOf = (key: keyof Figures) => {
      const others = valuesOf(comparedWith, key);
      return valuesOf(target, key).map((value, round) =>
        value / (others[round] ?? NaN)
      );
    };
    return {
      scenario,
      target,
      connections,
      latencyMilliseconds,
      requestsPerSecond: of("requestsPerSecond"),
      p50: of("p50"),
      p99: of("p99"),
      cpuMicroseconds: of("cpuMicroseconds"),
      upstreamCalls: of("upstreamCalls"),
      ...(target === "app" && first.figures.has(comparedWith) && {
        share: median(sharesOf("requestsPerSecond")),
        shares: sharesOf("requestsPerSecond"),
        cpuShare: median(sharesOf("cpuMicroseconds")),
      }),
    };
  });
}
