/**
 * Attack suites: many hostile cases of one kind, with a figure at the end.
 *
 * @module
 */

/** One suite; its `run` is offline, seeded and ends by itself. */
export interface Suite {
  /** Such as `G1`; the goal that the suite shows. */
  readonly goal: string;
  /** What must hold, in a few words. */
  readonly title: string;
  /** Tries every case. */
  run(report: Report): Promise<void>;
}

/** Takes the outcome of each case. */
export class Report {
  readonly #failures: string[] = [];
  readonly #figures: string[] = [];
  #cases = 0;

  /** Counts a case; `problem` says what went wrong, `undefined` if nothing. */
  case(name: string, problem: string | undefined): void {
    this.#cases++;
    if (problem !== undefined) this.#failures.push(`${name}: ${problem}`);
  }

  /** Adds a measured figure, such as `p99 0.2 ms`; it decides nothing. */
  figure(text: string): void {
    this.#figures.push(text);
  }

  /** How many cases were tried. */
  get cases(): number {
    return this.#cases;
  }

  /** What went wrong, one line per case. */
  get failures(): readonly string[] {
    return this.#failures;
  }

  /** Measured figures, for reading. */
  get figures(): readonly string[] {
    return this.#figures;
  }
}

/** Returns a generator of numbers from 0 to 1 that a seed repeats (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
