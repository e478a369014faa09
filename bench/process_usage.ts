/**
 * What a process has used, as Linux tells it.
 *
 * @module
 */

/** What a process has used so far. */
export interface Usage {
  /** Processor time in seconds, in steps of 10 ms. */
  readonly cpuSeconds: number;
  /** Memory that it holds right now (RSS), in MB. */
  readonly residentMegabytes: number;
}

/** `USER_HZ`: the unit in which every Linux shows times to programs. */
const TICKS_PER_SECOND = 100;

/** Where `proc(5)` has the fields, counted from the one after the name. */
const UTIME = 11;
const STIME = 12;

/** Returns what a process has used; NaN where there is no `/proc`. */
export async function usageOf(pid: number): Promise<Usage> {
  try {
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
    const status = await Deno.readTextFile(`/proc/${pid}/status`);
    // The name, in brackets, may have spaces in it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = Number(fields[UTIME]) + Number(fields[STIME]);
    const kibibytes = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
    return {
      cpuSeconds: ticks / TICKS_PER_SECOND,
      residentMegabytes: Number(kibibytes) * 1024 / 1e6,
    };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { cpuSeconds: NaN, residentMegabytes: NaN };
  }
}
