/**
 * What a run found out, as it is written to JSON.
 *
 * @module
 */
import type { Machine } from "./machine.ts";
import type { LoadedPackage } from "./loaded_packages.ts";
import type { Cell } from "./measure.ts";
import type { Memory } from "./memory.ts";
import type { MicroFigure } from "./micro.ts";
import { JUDGED, type Scenario, SCENARIOS } from "./scenarios.ts";
import type { StartUp } from "./start_up.ts";

/** A whole run. */
export interface BenchResult {
  readonly machine: Machine;
  readonly startUp: StartUp;
  readonly memory: Memory;
  /** What is loaded of packages when the first page is answered. */
  readonly loadedAtStart: readonly LoadedPackage[];
  /** Characters that both apps answer alike, by scenario. */
  readonly alike: Readonly<Record<string, number>>;
  readonly cells: readonly Cell[];
  readonly functions: readonly MicroFigure[];
}

/** A budget, and how it was kept. */
export interface Verdict {
  readonly text: string;
  readonly met: boolean;
}

/** Returns the line of a server under the load by which budgets are judged. */
export function judgedCell(
  cells: readonly Cell[],
  scenario: string,
  target: Cell["target"],
): Cell | undefined {
  return cells.find((cell) =>
    cell.scenario === scenario && cell.target === target &&
    cell.connections === JUDGED.connections &&
    cell.latencyMilliseconds === JUDGED.latencyMilliseconds
  );
}

/** Returns how the budgets were kept that are about speed. */
export function verdicts(cells: readonly Cell[]): Verdict[] {
  return SCENARIOS.flatMap((scenario) => verdictOf(scenario, cells));
}

function verdictOf(
  { name, title, wanted }: Scenario,
  cells: readonly Cell[],
): Verdict[] {
  const { share, shares = [], cpuShare = NaN } =
    judgedCell(cells, name, "app") ?? {};
  if (wanted === undefined || share === undefined) return [];
  return [{
    text: `${title}: ${share.toFixed(2)} of the requests per second of ` +
      `"${wanted.of}" (rounds: ${
        shares.map((share) => share.toFixed(2)).join(", ")
      }), at least ${wanted.share.toFixed(2)} wanted; ` +
      `${cpuShare.toFixed(2)} of its processor time per request`,
    met: share >= wanted.share,
  }];
}
