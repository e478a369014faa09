/**
 * Running the micro-benchmarks, which need settings before they are loaded.
 *
 * @module
 */
import { localSettings } from "@/tests/helpers/app.ts";
import { SESSION_SECRET } from "./sessions.ts";

/** What one function costs. */
export interface MicroFigure {
  /** Those of a group are to be compared. */
  readonly group: string;
  readonly name: string;
  /** Processor time of the process per call. */
  readonly microseconds: number;
}

/**
 * Returns what each function costs.
 *
 * @throws {Error} when one of them does not work.
 */
export async function measureFunctions(
  config: string,
): Promise<MicroFigure[]> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      "--config",
      config,
      new URL("./micro_bench.ts", import.meta.url).pathname,
    ],
    env: {
      ...localSettings("http://127.0.0.1:9"),
      APP_ORIGIN: "http://127.0.0.1:9",
      SESSION_SECRET,
    },
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("Cannot measure the functions");
  const text = new TextDecoder().decode(stdout).trim();
  return text.split("\n").map((line): MicroFigure => JSON.parse(line));
}
