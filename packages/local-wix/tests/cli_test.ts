import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { readCliOptions } from "../src/cli_options.ts";

const IMPORTS = new URL("../deno.json", import.meta.url).pathname;
const MAIN = new URL("../src/main.ts", import.meta.url).pathname;

const DEFAULTS = {
  port: 4400,
  hostname: "127.0.0.1",
  seed: undefined,
  catalog: "v3",
  latency: 0,
  state: undefined,
  deterministic: undefined,
  quiet: false,
  help: false,
};

Deno.test("readCliOptions() takes values after a space or an equals sign", () => {
  assertEquals<unknown>(readCliOptions([]), DEFAULTS);
  const files = { seed: "a.json", state: "b.db", deterministic: "c" };
  const catalog = "v1";
  const numbers = { port: 0, hostname: "::1", latency: 250, quiet: true };
  const args = ["--port=0", "--host=::1", "--latency=250", "--quiet"];
  const more = ["--seed=a.json", "--state=b.db", "--deterministic=c"];
  const all = [...args, ...more, "--catalog=v1"];
  for (const args of [all, all.flatMap((arg) => arg.split("="))]) {
    const expected = { ...DEFAULTS, ...files, ...numbers, catalog };
    assertEquals<unknown>(readCliOptions(args), expected);
  }
});

Deno.test("readCliOptions() says what is wrong with an argument", () => {
  const mistakes: readonly [string, string][] = [
    ["--port 80x", `Option '--port' is not 0 to 65535: "80x"`],
    ["--port=", "Option '--port' is empty"],
    ["--latency 1s", `Option '--latency' is not 0 to 600000: "1s"`],
    ["--latency -5", "--latency"],
    ["--catalog v2", `Option '--catalog' is not v1 or v3: "v2"`],
    ["--seed=", "Option '--seed' is empty"],
    ["--state", "--state"],
    ["--port 65536", "Option '--port' is not 0 to 65535"],
    ["--host=", "Option '--host' is empty"],
    ["--host --quiet", "--host"],
    ["--fast", "'--fast'"],
    ["4400", "'4400'"],
  ];
  for (const [args, reason] of mistakes) {
    const read = () => readCliOptions(args.split(" "));
    assertThrows(read, TypeError, reason);
  }
});

Deno.test("main.ts prints its URL first, then the accounts, and stops on SIGTERM", async () => {
  await using run = new Run("--port", "0");
  const [first = "", ...rest] = (await run.readUntil("liam@demo")).split("\n");
  assertMatch(first, /^Local Wix listening on http:\/\/localhost:\d+$/);
  assertMatch(rest.join("\n"), /ann@demo\.example +47 orders/);
  const response = await fetch(`${first.split(" ").at(-1)}/_local/counters`);
  await response.body?.cancel();
  assertEquals([response.status, await run.stop("SIGTERM")], [200, 0]);
});

Deno.test("main.ts --quiet prints one line and stops on SIGINT", async () => {
  await using run = new Run("--port", "0", "--quiet");
  const url = (await run.readUntil("\n")).trim().split(" ").at(-1);
  await (await fetch(`${url}/nothing`)).body?.cancel();
  assertEquals(await run.stop("SIGINT"), 0);
  assertEquals(await run.readUntil(), "");
});

const FAILURES: readonly [string[], RegExp][] = [
  [["--port", "x"], /^Option '--port' is not 0 to 65535.*\n\nUsage: /],
  [["--host", "203.0.113.1"], /^Cannot listen on 203\.0\.113\.1 port 4400: /],
];

for (const [args, reason] of FAILURES) {
  Deno.test(`main.ts ${args.join(" ")} explains why it fails`, async () => {
    const { code, stderr, stdout } = await command(args).output();
    assertEquals([code, stdout.length], [1, 0]);
    assertMatch(new TextDecoder().decode(stderr), reason);
  });
}

function command(args: readonly string[]): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-config", `--import-map=${IMPORTS}`, "--no-prompt"],
      ...["--allow-net=127.0.0.1,203.0.113.1", MAIN, ...args],
    ],
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  });
}

/** A running main.ts; disposal kills it if a test has not stopped it. */
class Run implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #output: ReadableStreamDefaultReader<string>;
  #stopped = false;

  constructor(...args: string[]) {
    this.#child = command(args).spawn();
    this.#output = this.#child.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
  }

  /** What it prints up to `text`, or to its end. */
  async readUntil(text?: string): Promise<string> {
    let printed = "";
    while (text === undefined || !printed.includes(text)) {
      const { value, done } = await this.#output.read();
      assert(!done || text === undefined, `it ended after: ${printed}`);
      if (done) break;
      printed += value;
    }
    return printed;
  }

  /** Sends a signal and returns the exit code. */
  async stop(signal: Deno.Signal): Promise<number> {
    this.#stopped = true;
    this.#child.kill(signal);
    return (await this.#child.status).code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#stopped) await this.stop("SIGKILL");
    await this.#output.cancel();
    await this.#child.stderr.cancel();
  }
}
