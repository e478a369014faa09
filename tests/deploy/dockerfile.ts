/**
 * Reads the Dockerfile, as far as it is written here: stages, and lines of one
 * instruction each.
 *
 * @module
 */
import { ROOT } from "@/tools/packages.ts";

/** One instruction, such as `COPY` with its arguments. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** One stage of the build. */
export interface Stage {
  /** What it begins with, such as `denoland/deno:2.9.6`. */
  readonly image: string;
  /** Its name for later stages, or its number. */
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** The files that a `COPY` takes, and where they go. */
export interface Copy {
  /** The stage they come from; `undefined` is what was sent to the builder. */
  readonly from: string | undefined;
  readonly sources: readonly string[];
  readonly target: string;
}

/** Returns the stages of the project's Dockerfile. */
export async function readDockerfile(): Promise<Stage[]> {
  const text = await Deno.readTextFile(`${ROOT}Dockerfile`);
  const lines = text.replaceAll("\\\n", " ").split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"));
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const line of lines) {
    const [, name = "", text = ""] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (name === "FROM") {
      const [image = "", , as = String(stages.length)] = text.split(" ");
      stages.push({ image, name: as, instructions: [] });
    } else {
      stages.at(-1)?.instructions.push({ name, text });
    }
  }
  return stages;
}

/** Returns what a `COPY` instruction says. */
export function parseCopy(text: string): Copy {
  const words = text.split(/\s+/);
  const from = words[0]?.startsWith("--from=")
    ? words.shift()?.slice("--from=".length)
    : undefined;
  return { from, target: words.pop() ?? "", sources: words };
}
