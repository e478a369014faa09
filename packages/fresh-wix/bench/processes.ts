/**
 * The processes of a run, and what they use.
 *
 * @module
 */

/** A running program; `await using` ends it. */
export interface Running extends AsyncDisposable {
  readonly pid: number;
  readonly ended: Promise<Deno.CommandStatus>;
  readonly process: Deno.ChildProcess;
}

/** Options of {@link start} and {@link run}. */
export interface ProcessOptions {
  readonly cwd?: string;
  /** All that it finds in its environment, besides paths. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it is measured: those have the first processor to themselves. */
  readonly measured?: boolean;
}

const CORES = navigator.hardwareConcurrency;

/** Whether processes can be kept apart: Linux, with two processors or more. */
export const PINNED: boolean = CORES > 1 &&
  await new Deno.Command("taskset", { args: ["--version"] }).output()
    .then(() => true, () => false);

const PATHS = Object.fromEntries(
  ["HOME", "PATH", "DENO_DIR", "TMPDIR"].map((name) => [
    name,
    Deno.env.get(name) ?? "",
  ]).filter(([, value]) => value !== ""),
);

/** Starts a program; its stdout can be read. */
export function start(
  command: readonly string[],
  options: ProcessOptions = {},
): Running {
  const process = prepare(command, options, "inherit").spawn();
  const end = () => {
    try {
      process.kill();
    } catch {
      // It has ended already.
    }
  };
  // Also when this program ends before it.
  addEventListener("unload", end);
  return {
    pid: process.pid,
    ended: process.status,
    process,
    async [Symbol.asyncDispose]() {
      removeEventListener("unload", end);
      end();
      await process.status;
    },
  };
}

/** Runs a program to its end and returns its output; throws when it fails. */
export async function run(
  command: readonly string[],
  options: ProcessOptions = {},
): Promise<string> {
  const output = await prepare(command, options, "piped").output();
  const text = new TextDecoder().decode(output.stdout);
  if (output.success) return text;
  const errors = new TextDecoder().decode(output.stderr);
  throw new Error(`Cannot run ${command.join(" ")}:\n${text}${errors}`);
}

function prepare(
  command: readonly string[],
  { cwd = ".", env, measured = false }: ProcessOptions,
  stderr: "inherit" | "piped",
): Deno.Command {
  const pin = ["taskset", "-c", measured ? "0" : `1-${CORES - 1}`];
  const [file = "", ...args] = [...(PINNED ? pin : []), ...command];
  return new Deno.Command(file, {
    args,
    cwd,
    clearEnv: true,
    env: { ...PATHS, ...env },
    stdin: "null",
    stdout: "piped",
    stderr,
  });
}

/** Returns the version that a program prints. */
export async function readVersion(program: string): Promise<string> {
  return (await run([program, "--version"])).trim().replace(/^v/, "");
}

/**
 * Returns the processor time (in steps of 10 ms) and the resident memory of a
 * process, `NaN` where there is no proc(5).
 */
export async function readUsage(
  pid: number,
): Promise<{ cpuSeconds: number; megabytes: number }> {
  const read = (name: string) =>
    Deno.readTextFile(`/proc/${pid}/${name}`).catch(() => "");
  const [stat, status] = [await read("stat"), await read("status")];
  // The second field, in brackets, may have spaces in it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100,
    megabytes: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1.024 / 1000,
  };
}
