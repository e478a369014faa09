/**
 * The published result, and the chart and tables that are made from it.
 *
 * @module
 */
import { drawChart } from "./chart.ts";
import { run } from "./processes.ts";
import { report } from "./report.ts";
import type { BenchResult } from "./result.ts";

const RESULT = new URL("./reference_result.json", import.meta.url);
const CHART = new URL("../docs/performance.svg", import.meta.url);

/** Has the tables between two comments. */
export const DOCUMENT: URL = new URL("../docs/performance.md", import.meta.url);

const START = "<!-- made by `deno task bench --write` -->";
const END = "<!-- end -->";

/** Returns the published result. */
export async function readPublished(): Promise<BenchResult> {
  return JSON.parse(await Deno.readTextFile(RESULT));
}

/** Replaces the published result. */
export async function publish(result: BenchResult): Promise<void> {
  // More digits could not be trusted.
  const rounded = (_: string, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(4)) : value;
  await Deno.writeTextFile(RESULT, `${JSON.stringify(result, rounded, 2)}\n`);
  await draw();
}

/** Makes chart and tables from the published result. */
export async function draw(): Promise<void> {
  const result = await readPublished();
  await Deno.writeTextFile(CHART, drawChart(result));
  const text = await Deno.readTextFile(DOCUMENT);
  await Deno.writeTextFile(DOCUMENT, withFigures(text, result));
  const files = [CHART, DOCUMENT].map(({ pathname }) => pathname);
  await run([Deno.execPath(), "fmt", "--no-config", "--quiet", ...files]);
}

/**
 * Returns the document with the figures of `result`.
 *
 * @throws {Error} when it has no place for them.
 */
export function withFigures(text: string, result: BenchResult): string {
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (before !== undefined && after !== undefined) {
    return `${before}${START}\n\n${report(result)}\n\n${END}${after}`;
  }
  throw new Error(`Cannot write figures: no "${START}" and "${END}"`);
}
