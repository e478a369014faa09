/**
 * Measuring servers side by side.
 *
 * @module
 */
import type { Rig } from "./rig.ts";
import type { Scenario } from "./scenarios.ts";
import { usageOf } from "./process_usage.ts";
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
  /** Memory of the process (RSS) after the load, in MB. */
  readonly residentMegabytes: number;
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
  /** Processor time per request, in shares of that server's. */
  readonly cpuShare?: number;
}

/** Code runs slower until it has run for a while; that is not counted. */
const WARM_UP_CONNECTIONS = 16;

/** Measures a scenario; yields the lines of one load at a time. */
export async function* measureScenario(
  rig: Rig,
  scenario: Scenario,
  { connections, latencies, rounds, seconds }: Effort,
): AsyncGenerator<Cell[]> {
  const targets = targetsOf(rig, scenario);
  const mattering = scenario.upstreamCalls === 0 ? [0] : latencies;
  for (const server of targets.values()) {
    await measure(rig, server, scenario, WARM_UP_CONNECTIONS, seconds);
  }
  for (const latencyMilliseconds of mattering) {
    await rig.wix.setLatency(latencyMilliseconds);
    for (const count of connections) {
      const measured = new Map<TargetName, Figures[]>(
        [...targets.keys()].map((name) => [name, []]),
      );
      // In turns, so that a busy machine is as unfair to one as to the other.
      for (let round = 0; round < rounds; round++) {
        for (const [name, server] of targets) {
          measured.get(name)?.push(
            await measure(rig, server, scenario, count, seconds),
          );
        }
      }
      yield cellsOf(measured, scenario.wanted?.of ?? "reference").map((
        cell,
      ) => ({
        scenario: scenario.name,
        connections: count,
        latencyMilliseconds,
        ...cell,
      }));
    }
  }
  await rig.wix.setLatency(0);
}

/** The servers that can answer a scenario. */
function targetsOf(
  { app, stepless, reference, bare }: Rig,
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
): Promise<Figures> {
  const [before, callsBefore] = await Promise.all([usageOf(pid), wix.count()]);
  const { answered, sent, seconds: took, p50, p99 } = await generator.load({
    url: origin + path,
    connections,
    seconds,
    headers: { accept: "text/html" },
    cookies: cookies[as],
    marker,
  });
  const [after, callsAfter] = await Promise.all([usageOf(pid), wix.count()]);
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds;
  return {
    requestsPerSecond: answered / took,
    p50,
    p99,
    cpuMicroseconds: cpuSeconds * 1e6 / answered,
    residentMegabytes: after.residentMegabytes,
    upstreamCalls: (callsAfter.all - callsBefore.all) / sent,
  };
}

function cellsOf(
  measured: ReadonlyMap<TargetName, readonly Figures[]>,
  comparedWith: TargetName,
) {
  const other = measured.get(comparedWith);
  return [...measured].map(([target, rounds]) => {
    const shareOf = (key: keyof Figures) =>
      median(
        rounds.map((figures, round) =>
          figures[key] / (other?.[round]?.[key] ?? NaN)
        ),
      );
    return {
      target,
      ...mediansOf(rounds),
      ...(target === "app" && other !== undefined && {
        share: shareOf("requestsPerSecond"),
        cpuShare: shareOf("cpuMicroseconds"),
      }),
    };
  });
}

function mediansOf(rounds: readonly Figures[]): Figures {
  const of = (key: keyof Figures) => median(rounds.map((round) => round[key]));
  return {
    requestsPerSecond: of("requestsPerSecond"),
    p50: of("p50"),
    p99: of("p99"),
    cpuMicroseconds: of("cpuMicroseconds"),
    residentMegabytes: of("residentMegabytes"),
    upstreamCalls: of("upstreamCalls"),
  };
}
