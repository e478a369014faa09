import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { readCliOptions } from "../src/cli_options.ts";

const IMPORTS = new URL("../deno.json", import.meta.url).pathname;
const MAIN = new URL("../src/main.ts", import.meta.url).pathname;

Deno.test("readCliOptions() has defaults", () => {
  assertEquals(readCliOptions([]), {
    port: 4400,
    hostname: "127.0.0.1",
    seed: undefined,
    catalog: "v3",
    latency: 0,
    state: undefined,
    deterministic: undefined,
    quiet: false,
    help: false,
  });
});

Deno.test("readCliOptions() takes values after a space or an equals sign", () => {
  const expected = {
    port: 0,
    hostname: "::1",
    seed: "a.json",
    catalog: "v1" as const,
    latency: 250,
    state: "b.db",
    deterministic: "c",
    quiet: true,
    help: false,
  };
  const files = [
    "--seed=a.json",
    "--state",
    "b.db",
    "--deterministic=c",
    "--catalog=v1",
  ];
  for (
    const args of [
      [...files, "--port", "0", "--host", "::1", "--latency=250", "--quiet"],
      ["--quiet", "--latency", "250", "--host=::1", "--port=0", ...files],
    ]
  ) {
    assertEquals(readCliOptions(args), expected);
  }
});

Deno.test("readCliOptions() says what is wrong with an argument", () => {
  for (
    const [args, reason] of [
      [["--port", "80x"], `Option '--port' is not 0 to 65535: "80x"`],
      [["--port="], "Option '--port' is empty"],
      [["--latency", "1s"], `Option '--latency' is not 0 to 600000: "1s"`],
      [["--latency", "-5"], "--latency"],
      [["--catalog", "v2"], `Option '--catalog' is not v1 or v3: "v2"`],
      [["--seed="], "Option '--seed' is empty"],
      [["--state"], "--state"],
      [["--port", "65536"], "Option '--port' is not 0 to 65535"],
      [["--port"], "--port"],
      [["--host="], "Option '--host' is empty"],
      [["--host", "--quiet"], "--host"],
      [["--fast"], "'--fast'"],
      [["4400"], "'4400'"],
    ] as const
  ) {
    assertThrows(() => readCliOptions(args), TypeError, reason);
  }
});

Deno.test("main.ts prints its URL first, then the accounts, and stops on SIGTERM", async () => {
  await using run = start("--port", "0");
  const text = await run.readUntil("liam@demo.example");
  const [first = "", ...rest] = text.split("\n");
  assertMatch(first, /^Local Wix listening on http:\/\/localhost:\d+$/);
  assertMatch(rest.join("\n"), /ann@demo\.example +47 orders/);
  const url = first.split(" ").at(-1) ?? "";
  const response = await fetch(`${url}/_local/counters`);
  assertEquals(response.status, 200);
  await response.body?.cancel();
  assertEquals(await run.stop("SIGTERM"), 0);
});

Deno.test("main.ts --quiet prints one line and stops on SIGINT", async () => {
  await using run = start("--port", "0", "--quiet");
  const first = await run.readUntil("\n");
  const url = first.trim().split(" ").at(-1) ?? "";
  await (await fetch(`${url}/nothing`)).body?.cancel();
  assertEquals(await run.stop("SIGINT"), 0);
  assertEquals(await run.rest(), "");
});

Deno.test("main.ts explains a bad argument and fails", async () => {
  const { code, stderr, stdout } = await command("--port", "x").output();
  const text = new TextDecoder().decode(stderr);
  assertEquals([code, stdout.length], [1, 0]);
  assertMatch(text, /^Option '--port' is not 0 to 65535.*\n\nUsage: /);
});

Deno.test("main.ts explains why it cannot listen", async () => {
  const { code, stderr } = await command("--host", "203.0.113.1").output();
  const text = new TextDecoder().decode(stderr);
  assertEquals(code, 1);
  assertMatch(text, /^Cannot listen on 203\.0\.113\.1 port 4400: /);
});

function command(...args: string[]): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-config",
      `--import-map=${IMPORTS}`,
      "--no-prompt",
      "--allow-net=127.0.0.1,203.0.113.1",
      MAIN,
      ...args,
    ],
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  });
}

function start(...args: string[]): Run {
  return new Run(command(...args).spawn());
}

/** A running main.ts; disposal kills it if a test has not stopped it. */
class Run implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #output: ReadableStreamDefaultReader<string>;
  #stopped = false;

  constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#output = child.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
  }

  /** What it prints up to `text`. */
  async readUntil(text: string): Promise<string> {
    let printed = "";
    while (!printed.includes(text)) {
      const { value, done } = await this.#output.read();
      assert(!done, `main.ts ended after printing: ${printed}`);
      printed += value;
    }
    return printed;
  }

  /** What it prints from now to its end. */
  async rest(): Promise<string> {
    let printed = "";
    for (;;) {
      const { value, done } = await this.#output.read();
      if (done) return printed;
      printed += value;
    }
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
