/**
 * The figures as text.
 *
 * @module
 */
import type { LoadedPackage } from "./loaded_packages.ts";
import type { Machine } from "./machine.ts";
import type { Cell, RoundOfLoad } from "./measure.ts";
import type { Memory } from "./memory.ts";
import type { MicroFigure } from "./micro.ts";
import type { Share } from "./profile.ts";
import type { Verdict } from "./result.ts";
import type { StartUp } from "./start_up.ts";

/** Returns what the figures were taken with. */
export function header(machine: Machine): string {
  return [
    `${machine.processor}, ${machine.cores} cores, ` +
    `${machine.memoryGigabytes} GB, ${machine.system}, ` +
    `load ${machine.load.toFixed(1)} before`,
    `Deno ${machine.deno}, V8 ${machine.v8}, ${machine.generator}, ` +
    `Fresh from ${machine.packages}, ${machine.date}`,
  ].join("\n");
}

/** Returns what one round has measured, to have it whatever comes next. */
export function loadLine(load: RoundOfLoad): string {
  const servers = [...load.figures].map(([name, { requestsPerSecond }]) =>
    `${name} ${requestsPerSecond.toFixed(0)}`
  );
  return `${load.connections} connections, Wix ${load.latencyMilliseconds} ms: ` +
    `${servers.join(", ")} requests/s`;
}

const COLUMNS = [
  "scenario",
  "server",
  "conn.",
  "Wix ms",
  "req/s",
  "p50 ms",
  "p99 ms",
  "CPU µs",
  "Wix calls",
  "share",
  "CPU share",
];

/** Returns the head of the table whose lines are {@link cellLine}. */
export function tableHead(): string {
  return row(COLUMNS);
}

/** Returns a line of the table. */
export function cellLine(cell: Cell): string {
  return row([
    cell.scenario,
    cell.target,
    String(cell.connections),
    String(cell.latencyMilliseconds),
    cell.requestsPerSecond.toFixed(0),
    cell.p50.toFixed(1),
    cell.p99.toFixed(1),
    cell.cpuMicroseconds.toFixed(0),
    cell.upstreamCalls.toFixed(2),
    cell.share?.toFixed(2) ?? "",
    cell.cpuShare?.toFixed(2) ?? "",
  ]);
}

/** Returns what functions cost in processor time, one line each. */
export function functionLines(figures: readonly MicroFigure[]): string {
  return figures.map(({ name, microseconds }) =>
    `${name.padEnd(48)} ${microseconds.toFixed(0).padStart(7)} µs`
  ).join("\n");
}

/** Returns how the app starts. */
export function startUpLine(
  { milliseconds, cpuMilliseconds, residentMegabytes }: StartUp,
  loaded: readonly LoadedPackage[],
): string {
  const modules = loaded.reduce((sum, { modules }) => sum + modules, 0);
  const size = loaded.reduce((sum, { kilobytes }) => sum + kilobytes, 0);
  const packages = loaded.map(({ name, kilobytes }) =>
    `${name} ${kilobytes.toFixed(0)} kB`
  );
  return `First page ${milliseconds.toFixed(0)} ms after the start, ` +
    `${cpuMilliseconds.toFixed(0)} ms of processor, ` +
    `${residentMegabytes.toFixed(0)} MB\n` +
    `${modules} modules of Wix's packages are loaded then, ${
      size.toFixed(0)
    } kB: ` +
    packages.join(", ");
}

/** Returns what apps need under load. */
export function memoryLine({ app, reference }: Memory): string {
  return `Under load this app takes ${app.toFixed(0)} MB, the reference app ` +
    `${reference.toFixed(0)} MB`;
}

/** Returns shares of the time, one line each. */
export function shareLines(shares: readonly Share[]): string {
  return shares.map(({ name, share }) =>
    `${(share * 100).toFixed(1).padStart(6)} % ${name}`
  ).join("\n");
}

/** Returns whether budgets were kept. */
export function verdictLines(verdicts: readonly Verdict[]): string {
  return verdicts.map(({ text, met }) =>
    `${met ? "met    " : "NOT MET"} ${text}`
  )
    .join("\n");
}

/** Names to the left, numbers to the right. */
function row(values: readonly string[]): string {
  return values.map((value, index) => {
    if (index < 2) return value.padEnd(12);
    return value.padStart(Math.max(7, COLUMNS[index]?.length ?? 0));
  }).join(" ");
}
