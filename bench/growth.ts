/**
 * What half an hour of load changes, out of what was counted in each minute.
 *
 * @module
 */
import { mean } from "./statistics.ts";

/** What was counted of one server. */
export interface Count {
  readonly answered: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** The same load on two servers, in turns. */
export interface Pair {
  readonly app: Count;
  readonly reference: Count;
}

/** What was counted in a minute. */
export interface Minute {
  /** Of each crowd, always in the same order. */
  readonly crowds: readonly Pair[];
  readonly residentMegabytes: number;
  /** What V8 has in use; both after a collection of garbage. */
  readonly heapMegabytes: number;
}

/** The last quarter of the time in shares of the second: 1 is no change. */
export interface Growth {
  /** Processor time per request beside the reference's, of each crowd. */
  readonly relative: readonly number[];
  /** Processor time per request by itself, mean of the crowds. */
  readonly app: number;
  readonly reference: number;
  /** The most that was held in a minute. */
  readonly residentMegabytes: number;
  readonly heapMegabytes: number;
}

/** A quarter of fewer minutes is too little to compare. */
const LEAST_MINUTES = 12;

/** Returns what was counted in all of them together. */
export function total(counts: readonly Count[]): Count {
  const sum = (key: keyof Count) =>
    counts.reduce((sum, count) => sum + count[key], 0);
  return {
    answered: sum("answered"),
    seconds: sum("seconds"),
    cpuSeconds: sum("cpuSeconds"),
  };
}

/** Returns the processor time per answer, in microseconds. */
export function costOf({ cpuSeconds, answered }: Count): number {
  return cpuSeconds * 1e6 / answered;
}

/** Returns the processor time of the app in shares of the reference's. */
export function shareOf({ app, reference }: Pair): number {
  return costOf(app) / costOf(reference);
}

/**
 * Compares the last quarter of the minutes with the second; in the first
 * everything grows to its size. A quarter is counted as a whole: the ratio of
 * sums trembles less than ratios of single minutes. Each crowd counts alike,
 * or the page that is asked for most, being the cheapest, would decide. Of
 * memory the peaks are compared: the allocator gives some back now and then,
 * and a median would take that for growth or hide it.
 *
 * @returns `undefined` when there are too few minutes to tell.
 */
export function growthOf(minutes: readonly Minute[]): Growth | undefined {
  if (minutes.length < LEAST_MINUTES) return;
  const part = Math.floor(minutes.length / 4);
  const [early, late] = [
    minutes.slice(part, 2 * part),
    minutes.slice(-part),
  ];
  const [before, after] = [crowdsIn(early), crowdsIn(late)];
  const changeOf = (value: (pair: Pair) => number) =>
    after.map((pair, crowd) => {
      const other = before[crowd];
      return other === undefined ? NaN : value(pair) / value(other);
    });
  const changeOfPeak = (key: "residentMegabytes" | "heapMegabytes") =>
    Math.max(...late.map((it) => it[key])) /
    Math.max(...early.map((it) => it[key]));
  return {
    relative: changeOf(shareOf),
    app: mean(changeOf(({ app }) => costOf(app))),
    reference: mean(changeOf(({ reference }) => costOf(reference))),
    residentMegabytes: changeOfPeak("residentMegabytes"),
    heapMegabytes: changeOfPeak("heapMegabytes"),
  };
}

/** Returns what was counted of each crowd in all these minutes. */
function crowdsIn(minutes: readonly Minute[]): Pair[] {
  const [first] = minutes;
  return (first?.crowds ?? []).map((_, crowd) => {
    const pairs = minutes.flatMap(({ crowds }) => crowds[crowd] ?? []);
    return {
      app: total(pairs.map(({ app }) => app)),
      reference: total(pairs.map(({ reference }) => reference)),
    };
  });
}
