/**
 * How long the app takes from nothing to its first answer.
 *
 * @module
 */
import { usageOf } from "./process_usage.ts";
import {
  asServer,
  type Project,
  spawnProject,
  type StartOptions,
} from "./servers.ts";
import { median } from "./statistics.ts";

/** Medians of several starts. */
export interface StartUp {
  /** From the start of the process to the end of its first page. */
  readonly milliseconds: number;
  /** Memory (RSS) then, in MB. */
  readonly residentMegabytes: number;
  /** Processor time until then. */
  readonly cpuMilliseconds: number;
}

/** Starts the app `times` times, one after the other. */
export async function measureStartUp(
  project: Project,
  env: StartOptions["env"],
  times: number,
): Promise<StartUp> {
  const starts: StartUp[] = [];
  for (let start = 0; start < times; start++) {
    starts.push(await startOnce(project, env));
  }
  const of = (key: keyof StartUp) => median(starts.map((it) => it[key]));
  return {
    milliseconds: of("milliseconds"),
    residentMegabytes: of("residentMegabytes"),
    cpuMilliseconds: of("cpuMilliseconds"),
  };
}

async function startOnce(
  project: Project,
  env: StartOptions["env"],
): Promise<StartUp> {
  const startedAt = performance.now();
  const { process, origin } = spawnProject(project, { env });
  await using _server = asServer(process, origin);
  await firstAnswer(origin, process);
  const milliseconds = performance.now() - startedAt;
  const { cpuSeconds, residentMegabytes } = await usageOf(process.pid);
  return {
    milliseconds,
    residentMegabytes,
    cpuMilliseconds: cpuSeconds * 1000,
  };
}

/** Asks again and again, more often than a person would. */
async function firstAnswer(
  origin: string,
  process: Deno.ChildProcess,
): Promise<void> {
  let ended = false;
  process.status.then(() => ended = true);
  while (!ended) {
    const answer = await fetch(origin).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error("Cannot measure the start: the app ended");
}

const POLL_MS = 5;
