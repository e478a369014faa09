/**
 * Starting the load generator, and asking it for loads.
 *
 * @module
 */
import { lines } from "./lines.ts";

/** One load: as many requests as fit into the time. */
export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** `Cookie` headers, sent in rotation; none when there are none. */
  readonly cookies: readonly string[];
  /** A text that every right answer has in it. */
  readonly marker: string;
}

/** What came of a load; every answer was a 200 with the marker. */
export interface LoadResult {
  readonly sent: number;
  readonly answered: number;
  /** How long it really took. */
  readonly seconds: number;
  /** Of each answer. */
  readonly milliseconds: readonly number[];
}

interface RawResult extends LoadResult {
  readonly statuses: Readonly<Record<string, number>>;
  readonly mismatches: number;
  readonly errors: number;
}

const AUTOCANNON = "autocannon@8.0.0";

const here = (path: string) => new URL(path, import.meta.url).pathname;

/** A running generator; one load at a time. */
export class Generator implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #answers: AsyncIterator<string>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;

  private constructor(
    command: string,
    args: readonly string[],
    /** What it is and where it runs, for the header of the figures. */
    readonly description: string,
  ) {
    this.#process = new Deno.Command(command, {
      args: [...args],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.#answers = lines(this.#process.stdout)[Symbol.asyncIterator]();
    this.#input = this.#process.stdin.getWriter();
  }

  /** Of its process. */
  get pid(): number {
    return this.#process.pid;
  }

  /**
   * Starts it on Node, and where there is none on Deno, whose sockets serve
   * connections less evenly under full load.
   */
  static async start(): Promise<Generator> {
    const node = await versionOf("node");
    if (node === undefined) {
      return new Generator(
        Deno.execPath(),
        [
          "run",
          "--no-config",
          "-A",
          here("generator.mjs"),
          `npm:${AUTOCANNON}`,
        ],
        `${AUTOCANNON} on Deno`,
      );
    }
    const module = await install();
    return new Generator(
      "node",
      [here("generator.mjs"), module],
      `${AUTOCANNON} on Node ${node}`,
    );
  }

  /**
   * Runs a load.
   *
   * @throws {Error} when a single answer was not the right one.
   */
  async load(load: Load): Promise<LoadResult> {
    const line = new TextEncoder().encode(`${JSON.stringify(load)}\n`);
    await this.#input.write(line);
    const { value = "", done } = await this.#answers.next();
    if (done) throw new Error("Cannot load: the generator ended");
    const { statuses, mismatches, errors, ...result }: RawResult = JSON.parse(
      value,
    );
    const others = Object.keys(statuses).filter((status) => status !== "200");
    if (mismatches + errors + others.length > 0) {
      throw new Error(
        `Cannot count ${load.url}: ${mismatches} answers without ` +
          `"${load.marker}", ${errors} errors, statuses ` +
          JSON.stringify(statuses),
      );
    }
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close();
    await this.#process.status;
  }
}

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command(command, { args: ["--version"] })
      .output();
    return new TextDecoder().decode(stdout).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Installs it beside this file, once; returns the path of its module. */
async function install(): Promise<string> {
  const folder = here(".generator");
  const module = `${folder}/node_modules/autocannon/autocannon.js`;
  const installed = await Deno.stat(module).then(() => true, () => false);
  if (installed) return module;
  await Deno.mkdir(folder, { recursive: true });
  const { success } = await new Deno.Command("npm", {
    args: [
      "install",
      "--no-save",
      "--no-package-lock",
      "--silent",
      "--prefix",
      folder,
      AUTOCANNON,
    ],
    stdout: "null",
  }).output();
  if (!success) throw new Error(`Cannot load: npm did not find ${AUTOCANNON}`);
  return module;
}
