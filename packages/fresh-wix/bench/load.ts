/**
 * The load generator: npm's autocannon, on Node.
 *
 * @module
 */
import { run } from "./processes.ts";

/** The package, as npm names it. */
export const AUTOCANNON = "autocannon@9.0.0";

/** Connections of every load, each with one request under way. */
export const CONNECTIONS = 16;

/** What is requested. */
export interface Load {
  readonly url: string;
  readonly cookie: string;
}

/** What came of it. */
export interface LoadResult {
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

let program: string | undefined;

/**
 * Sends requests and waits for all responses, so that none is under way when
 * another server has its turn.
 *
 * @throws {Error} when a response is not 2xx.
 */
export async function load(
  { url, cookie }: Load,
  amount: number,
): Promise<LoadResult> {
  program ??= await installed();
  const result = JSON.parse(
    await run([
      "node",
      program,
      `--connections=${CONNECTIONS}`,
      `--amount=${amount}`,
      // How often it looks whether all responses are there, in milliseconds.
      "--sampleInt=10",
      "--header=accept: text/html",
      `--header=cookie: ${cookie}`,
      "--json",
      url,
    ]),
  );
  const { "2xx": ok, duration, latency } = result;
  if (ok < amount) {
    throw new Error(
      `Cannot measure ${url}: ${ok} of ${amount} responses were 2xx`,
    );
  }
  const { p50, p99 } = latency;
  return { requestsPerSecond: ok / duration, p50, p99 };
}

/** Returns the path of the program, which npm keeps in its cache. */
async function installed(): Promise<string> {
  const where = ["--call", "command -v autocannon"];
  const path = await run([
    ...["npm", "exec", "--yes", `--package=${AUTOCANNON}`],
    ...where,
  ]);
  return await Deno.realPath(path.trim());
}
