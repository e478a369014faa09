/**
 * The command line of `deno task bench`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import type { Effort } from "./measure.ts";
import { PAGES } from "./pages.ts";

/** What is to be done. */
export type Plan =
  | {
    readonly kind: "measure";
    readonly effort: Effort;
    /** Folder of another copy of the project to compare with. */
    readonly against: string | undefined;
    /** Whether the published figures are replaced. */
    readonly write: boolean;
  }
  | { readonly kind: "soak"; readonly minutes: number }
  | { readonly kind: "attacks"; readonly folder: string | undefined }
  | { readonly kind: "draw" };

/** How to call it. */
export const USAGE = `Usage: deno task bench [page…] [options]

  --rounds <number>   rounds, each of which starts the servers again (3)
  --turns <number>    seconds of load for each page and server in a round (3)
  --write             replace the published result, chart and tables
  --against <folder>  compare with another copy of this project instead

deno task bench soak [minutes]   memory over time (10)
deno task bench attacks [folder] what attacks cost this build, or another one
deno task bench draw             chart and tables from the published result

Pages: ${PAGES.map(({ name }) => name).join(", ")}`;

/**
 * Returns the plan for some arguments.
 *
 * @throws {RangeError} for a page or a number that does not exist.
 * @throws {TypeError} for an unknown option.
 */
export function readPlan(args: readonly string[]): Plan {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "3" },
      turns: { type: "string", default: "3" },
      write: { type: "boolean", default: false },
      against: { type: "string" },
    },
  });
  const { write, against } = values;
  const [first, second] = positionals;
  if (first === "draw") return { kind: "draw" };
  if (first === "attacks") return { kind: "attacks", folder: second };
  if (first === "soak") {
    return { kind: "soak", minutes: numberIn(second ?? "10") };
  }
  if (write && (first !== undefined || against !== undefined)) {
    throw new RangeError("--write takes neither pages nor --against");
  }
  const unknown = positionals.find((name) =>
    !PAGES.some((page) => page.name === name)
  );
  if (unknown !== undefined) throw new RangeError(`No page "${unknown}"`);
  const pages = PAGES.filter(({ name }) =>
    first === undefined || positionals.includes(name)
  );
  const rounds = numberIn(values.rounds);
  const turns = numberIn(values.turns);
  return { kind: "measure", effort: { pages, rounds, turns }, against, write };
}

function numberIn(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new RangeError(`"${text}" is not a whole number from 1 to 9999`);
}
