/**
 * Results as text, for a terminal and for Markdown alike.
 *
 * @module
 */
import type { BenchResult, Difference, Row } from "./result.ts";

/** By how much an optimisation has to pay to stay. */
const WORTH_KEEPING = 0.03;

/** Returns what was measured of what, in a sentence, and the tables. */
export function report(result: BenchResult): string {
  const { date, fresh, versions, machine, load, rows, starts } = result;
  const named = Object.entries(versions).map((pair) => pair.join(" "));
  return [
    `Measured on ${date} with **${fresh}**, ${named.join(", ")}, on ` +
    `${machine}, load average ${load.toFixed(1)} before.`,
    table(
      "page|server|requests/s|p50 ms|p99 ms|CPU µs|Wix calls|HTML kB|" +
        "multiple|budget",
      rows.map((row) => [
        row.page,
        row.site,
        row.requestsPerSecond.toFixed(0),
        row.p50.toFixed(0),
        row.p99.toFixed(0),
        row.cpuMicroseconds.toFixed(0),
        row.wixCalls.toFixed(1),
        row.kilobytes.toFixed(1),
        row.multiple?.toFixed(1) ?? "",
        verdict(row),
      ]),
    ),
    table(
      "server|first page after ms|memory after load, MB",
      starts.map(({ site, firstPageMilliseconds, megabytes }) => [
        site,
        firstPageMilliseconds.toFixed(0),
        megabytes.toFixed(0),
      ]),
    ),
  ].join("\n\n");
}

/** Returns a table of the differences between two builds. */
export function reportDifferences(differences: readonly Difference[]): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  return table(
    "page|CPU saved|half of the turns|at least 3 %",
    differences.map(({ page, saved, from, to }) => [
      page,
      percent(saved),
      `${percent(from)} to ${percent(to)}`,
      from >= WORTH_KEEPING ? "yes" : to < WORTH_KEEPING ? "no" : "unclear",
    ]),
  );
}

function verdict({ multiple, budget }: Row): string {
  if (multiple === undefined || budget === undefined) return "";
  return `${budget} ${multiple >= budget ? "met" : "NOT MET"}`;
}

function table(head: string, rows: readonly string[][]): string {
  const names = head.split("|");
  const all = [names, names.map(() => "---"), ...rows];
  const widths = names.map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0))
  );
  return all.map((row) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`
  ).join("\n");
}
