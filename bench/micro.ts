/**
 * Running the micro-benchmarks, which need settings before they are loaded.
 *
 * @module
 */
import { localSettings } from "@/tests/helpers/app.ts";
import { SESSION_SECRET } from "./sessions.ts";

/** What one function costs. */
export interface MicroFigure {
  readonly group: string;
  readonly name: string;
  /** Average and 99th percentile, in microseconds. */
  readonly average: number;
  readonly p99: number;
}

/** The part of what `deno bench --json` writes that is read; nanoseconds. */
interface DenoBenchReport {
  readonly benches: readonly {
    readonly group: string | null;
    readonly name: string;
    readonly results: readonly {
      readonly ok?: { readonly avg: number; readonly p99: number };
    }[];
  }[];
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
      "bench",
      "-A",
      "--no-check",
      "--json",
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
  const { benches }: DenoBenchReport = JSON.parse(
    new TextDecoder().decode(stdout),
  );
  return benches.map(({ group, name, results: [result] }) => {
    if (result?.ok === undefined) throw new Error(`Cannot measure: ${name}`);
    const { avg, p99 } = result.ok;
    return { group: group ?? "", name, average: avg / 1000, p99: p99 / 1000 };
  });
}
