/**
 * What the command line asks for.
 *
 * @module
 */
import { parseArgs } from "node:util";
import type { Effort } from "./measure.ts";
import { type Scenario, SCENARIOS } from "./scenarios.ts";

/** What is to be done. */
export type Plan =
  | {
    readonly kind: "bench";
    readonly scenarios: readonly Scenario[];
    readonly effort: Effort;
    readonly micro: boolean;
    readonly startUps: number;
    /** File for the figures as JSON. */
    readonly json: string | undefined;
  }
  | { readonly kind: "soak"; readonly minutes: number }
  | { readonly kind: "profile"; readonly scenarios: readonly Scenario[] }
  | { readonly kind: "chart"; readonly json: string; readonly chart: string };

const FULL = {
  effort: {
    connections: [1, 16, 64],
    latencies: [0, 20],
    rounds: 3,
    seconds: 2,
  },
  micro: true,
  startUps: 5,
};

const QUICK = {
  effort: { connections: [16], latencies: [0], rounds: 1, seconds: 1 },
  micro: false,
  startUps: 1,
};

const SOAK_MINUTES = 30;

/** After that the tokens of the sessions would end. */
const MOST_SOAK_MINUTES = 120;

/** How to call it, for people. */
export const USAGE = `deno task bench [scenario…] [--quick] [--json FILE]
                [--connections 1,16,64] [--latency 0,20] [--rounds 3]
deno task bench soak [minutes]
deno task bench profile [scenario…]
deno task bench chart RESULT.json CHART.svg

Scenarios: ${SCENARIOS.map(({ name }) => name).join(", ")}`;

/**
 * Returns the plan that the arguments ask for.
 *
 * @throws {RangeError} for what there is not.
 * @throws {TypeError} for an unknown option.
 */
export function readPlan(args: readonly string[]): Plan {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      connections: { type: "string" },
      latency: { type: "string" },
      rounds: { type: "string" },
    },
  });
  const { quick, json } = values;
  const [first, ...rest] = positionals;
  if (first === "soak") {
    const minutes = Number(rest[0] ?? SOAK_MINUTES);
    if (
      Number.isInteger(minutes) && minutes >= 0 && minutes <= MOST_SOAK_MINUTES
    ) {
      return { kind: "soak", minutes };
    }
    throw new RangeError(
      `"${rest[0]}" is no number of minutes from 0 to ${MOST_SOAK_MINUTES}`,
    );
  }
  if (first === "profile") return { kind: "profile", scenarios: chosen(rest) };
  if (first === "chart") {
    const [from, to] = rest;
    if (from !== undefined && to !== undefined) {
      return { kind: "chart", json: from, chart: to };
    }
    throw new RangeError("A chart is made of one file and into another");
  }
  const { effort, ...amount } = quick ? QUICK : FULL;
  return {
    kind: "bench",
    scenarios: chosen(positionals),
    effort: {
      ...effort,
      connections: numbers(values.connections) ?? effort.connections,
      latencies: numbers(values.latency) ?? effort.latencies,
      rounds: roundsIn(values.rounds) ?? effort.rounds,
    },
    ...amount,
    json,
  };
}

function roundsIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new RangeError(`"${text}" is no number of rounds from 1 to 99`);
}

/** Numbers with commas between them. */
function numbers(text: string | undefined): number[] | undefined {
  const values = text?.split(",").map(Number);
  if (values?.every((value) => Number.isInteger(value) && value >= 0) ?? true) {
    return values;
  }
  throw new RangeError(`"${text}" is no list of numbers`);
}

function chosen(names: readonly string[]): readonly Scenario[] {
  if (names.length === 0) return SCENARIOS;
  return names.map((name) => {
    const scenario = SCENARIOS.find((it) => it.name === name);
    if (scenario === undefined) {
      throw new RangeError(`There is no scenario "${name}"`);
    }
    return scenario;
  });
}
