/**
 * The servers that are measured. What they print is thrown away: nobody reads
 * along while they are under load.
 *
 * @module
 */
import { VARIABLES } from "@/packages/fresh-wix/src/config/read_config.ts";
import { findFreePort, waitUntilReady } from "@/tools/processes.ts";
import { serveArgs } from "@/tools/serve.ts";
import { lines } from "./lines.ts";

/** A running server; `await using` ends it. */
export interface Server extends AsyncDisposable {
  /** With an address, not a name: how names are resolved is not measured. */
  readonly origin: string;
  readonly pid: number;
}

/** A built project. */
export interface Project {
  /** Its folder, with a slash at the end. */
  readonly root: string;
}

/** Options of {@link startProject}. */
export interface StartOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Flags of `deno` besides those that the app is served with. */
  readonly flags?: readonly string[];
}

/** Serves a built project as it is served elsewhere, on a free port. */
export async function startProject(
  project: Project,
  options: StartOptions,
): Promise<Server> {
  const { process, origin } = spawnProject(project, options);
  await waitUntilReady(`${origin}/healthz`, process);
  return asServer(process, origin);
}

/** Begins to serve a built project, and does not wait for it. */
export function spawnProject(
  { root }: Project,
  { env, flags = [] }: StartOptions,
): { process: Deno.ChildProcess; origin: string } {
  const port = findFreePort(0);
  const host = "127.0.0.1";
  const origin = `http://${host}:${port}`;
  const [serve = "", ...args] = serveArgs({ host, port, env, root });
  const process = new Deno.Command(Deno.execPath(), {
    args: [serve, ...flags, ...args],
    cwd: root,
    env: { ...env, APP_ORIGIN: origin },
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  return { process, origin };
}

/** A built project, and where it is to listen. */
export interface PlacedProject extends Project {
  readonly port: number;
}

/**
 * Serves built projects in one process; see `side_by_side.ts`. They may do what
 * an app may that is served, and listen by themselves.
 *
 * @returns The first one's server.
 */
export async function startSideBySide(
  projects: readonly PlacedProject[],
  { env, flags = [] }: StartOptions,
): Promise<Server> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-config",
      "--unstable-no-legacy-abort",
      `--allow-read=${projects.map(({ root }) => `${root}_fresh`).join(",")}`,
      `--allow-env=${VARIABLES.join(",")}`,
      "--ignore-env",
      "--allow-net=127.0.0.1",
      "--no-prompt",
      ...flags,
      new URL("./side_by_side.ts", import.meta.url).pathname,
      ...projects.flatMap(({ root, port }) => [String(port), root]),
    ],
    env: { ...env },
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const origins = projects.map(({ port }) => `http://127.0.0.1:${port}`);
  const [first = ""] = origins;
  const server = asServer(process, first);
  for (const origin of origins) {
    await waitUntilReady(`${origin}/healthz`, process);
  }
  return server;
}

/** Starts a program of `deno` whose first line has its address. */
export async function startPrinting(args: readonly string[]): Promise<Server> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [...args],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = lines(process.stdout);
  const { value = "" } = await output.next();
  const origin = /http:\S+/.exec(value)?.[0];
  if (origin === undefined) {
    throw new Error(`Cannot start ${args.at(-1)}: it said "${value}"`);
  }
  drain(output);
  return asServer(process, origin.replace("localhost", "127.0.0.1"));
}

/** Otherwise the process would wait for a reader one day. */
async function drain(output: AsyncIterable<string>): Promise<void> {
  for await (const _line of output);
}

/** Makes a process a {@link Server}. */
export function asServer(
  process: Deno.ChildProcess,
  origin: string,
): Server {
  const end = () => {
    try {
      process.kill("SIGTERM");
    } catch {
      // It has ended already.
    }
  };
  // Also when the benchmark is told to end.
  addEventListener("unload", end);
  return {
    origin,
    pid: process.pid,
    async [Symbol.asyncDispose]() {
      removeEventListener("unload", end);
      end();
      await process.status;
    },
  };
}
