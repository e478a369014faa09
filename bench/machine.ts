/**
 * What figures were taken with.
 *
 * @module
 */

/** A machine, and the versions of what runs on it. */
export interface Machine {
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  /** How busy it was before, in processes (average of a minute). */
  readonly load: number;
  readonly system: string;
  readonly deno: string;
  readonly v8: string;
  readonly generator: string;
  /** Where Fresh comes from: `jsr`, or the stand-ins of `offline`. */
  readonly packages: string;
}

/** Returns what is known of this machine. */
export async function thisMachine(
  given: Pick<Machine, "generator" | "packages" | "load">,
): Promise<Machine> {
  const { deno, v8 } = Deno.version;
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: await processorName(),
    cores: navigator.hardwareConcurrency,
    memoryGigabytes: Math.round(Deno.systemMemoryInfo().total / 1e9),
    system: `${Deno.build.os} ${Deno.osRelease()}`,
    deno,
    v8,
    ...given,
  };
}

async function processorName(): Promise<string> {
  const text = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  return /^model name\s*: (.+)$/m.exec(text)?.[1] ?? Deno.build.arch;
}
