/**
 * What follows from what was measured.
 *
 * @module
 */
import type { Measured, Sample, Start } from "./measure.ts";
import { PAGES } from "./pages.ts";

/** The names of the compared sites. */
export const SITES = {
  app: "fresh-wix",
  node: "Astro on Node",
  deno: "Astro on Deno",
} as const;

/** A whole run, as its JSON file has it. */
export interface BenchResult {
  /** ISO date. */
  readonly date: string;
  /** Which Fresh was measured. */
  readonly fresh: string;
  /** Of Deno, Node, Astro and others, by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: string;
  /** Load average before the run. */
  readonly load: number;
  /** Medians of all turns. */
  readonly rows: readonly Row[];
  /** Medians of all rounds. */
  readonly starts: readonly Start[];
}

/** A page of a site. */
export interface Row extends Sample {
  /** Requests per second of fresh-wix as a multiple of this site's. */
  readonly multiple?: number;
  /** The least multiple that is wanted. */
  readonly budget?: number;
}

/** Returns the medians of all turns, and the multiples, page by page. */
export function summarizeRows({ samples }: Pick<Measured, "samples">): Row[] {
  return PAGES.flatMap(({ name: page, budgets }) => {
    const app = find(samples, page, SITES.app);
    if (app.length === 0) return [];
    const beside = (key: "node" | "deno"): Row => {
      const own = find(samples, page, SITES[key]);
      const multiple = median(ratios(app, own, "requestsPerSecond"));
      return { ...medianOf(own), multiple, budget: budgets[key] };
    };
    return [medianOf(app), beside("node"), beside("deno")];
  });
}

/** Returns the medians of the starts of each site. */
export function summarizeStarts({ starts }: Pick<Measured, "starts">): Start[] {
  const bySite = Map.groupBy(starts, ({ site }) => site);
  return [...bySite.values()].map(medianOf);
}

/** How the processor time of a page differs between two builds. */
export interface Difference {
  readonly page: string;
  /** Share of the other build's processor time that this one saves. */
  readonly saved: number;
  /** The middle half of all turns: how far it can be trusted. */
  readonly from: number;
  readonly to: number;
}

/** Compares the processor time of a build with another's. */
export function compareCpu(
  { samples }: Pick<Measured, "samples">,
  site: string,
  other: string,
): Difference[] {
  return PAGES.flatMap(({ name: page }) => {
    const own = find(samples, page, site);
    const others = find(samples, page, other);
    if (own.length === 0) return [];
    const saved = ratios(own, others, "cpuMicroseconds")
      .map((ratio) => 1 - ratio);
    const [from, to] = [quantile(saved, 0.25), quantile(saved, 0.75)];
    return [{ page, saved: median(saved), from, to }];
  });
}

/** Returns the middle of some numbers, `NaN` of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? NaN;
  return low + ((sorted[Math.ceil(place)] ?? NaN) - low) * (place % 1);
}

/** The median of every number in some records, which agree in all texts. */
function medianOf<T extends object>(records: readonly T[]): T {
  const [first] = records;
  if (first === undefined) throw new RangeError("Nothing was measured");
  const entries = Object.entries(first).map(([name, value]) => [
    name,
    typeof value === "number"
      ? median(records.map((it) => Number(it[name as keyof T])))
      : value,
  ]);
  return Object.fromEntries(entries) as T;
}

function find(samples: readonly Sample[], page: string, site: string) {
  return samples.filter((it) => it.page === page && it.site === site);
}

/** Turn by turn: what slows the machine down slows both. */
function ratios(
  samples: readonly Sample[],
  others: readonly Sample[],
  key: "requestsPerSecond" | "cpuMicroseconds",
): number[] {
  return samples.map((it, turn) => it[key] / (others[turn]?.[key] ?? NaN));
}
