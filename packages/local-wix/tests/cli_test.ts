import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { readCliOptions } from "../src/cli_options.ts";
import { type LocalWix, peopleUpTo } from "../src/mod.ts";
import { CLI, ON_NODE } from "./helpers/node_server.ts";
import { at, claims, get, memberTokens, textAt } from "./helpers/http.ts";

const IMPORTS = new URL("../deno.json", import.meta.url).pathname;
const MAIN = new URL("../src/main.ts", import.meta.url).pathname;

const DEFAULTS = {
  port: 4400,
  hostname: "127.0.0.1",
  seed: undefined,
  catalog: "v3",
  latency: 0,
  state: undefined,
  https: undefined,
  deterministic: undefined,
  webhooks: [],
  quiet: false,
  help: false,
};

Deno.test("readCliOptions() accepts values after a space or an equals sign", () => {
  assertEquals<unknown>(readCliOptions([]), DEFAULTS);
  assertEquals<unknown>(readCliOptions(["--state", "none"]), DEFAULTS);
  const files = { seed: "a.json", state: "b.log", https: "d.pem" };
  const catalog = "v1";
  const deterministic = "c";
  const numbers = { port: 0, hostname: "::1", latency: 250, quiet: true };
  const args = ["--port=0", "--host=::1", "--latency=250", "--quiet"];
  const more = ["--seed=a.json", "--state=b.log", "--https=d.pem"];
  const all = [...args, ...more, "--deterministic=c", "--catalog=v1"];
  for (const args of [all, all.flatMap((arg) => arg.split("="))]) {
    const expected = {
      ...DEFAULTS,
      ...files,
      ...numbers,
      catalog,
      deterministic,
    };
    assertEquals<unknown>(readCliOptions(args), expected);
  }
});

Deno.test("a changed seed file is reloaded, unless it is invalid", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/seed.json`;
  const write = (seed: object) =>
    Deno.writeTextFile(file, JSON.stringify(seed));
  await write({ site: { name: "Before" }, members: 2 });
  const state = `--state=${folder}/state`;
  await using run = new Run("--port=0", "--quiet", `--seed=${file}`, state);
  const wix = await run.wix();
  const shown = async () => {
    const { body } = await get(wix, "/_local/overview");
    return [at(body, "site.name"), Object(at(body, "members")).length];
  };
  assertEquals(await shown(), ["Before", 2]);
  await write({ site: { name: 1 } });
  await run.readError("site.name is not a string");
  assertEquals(await shown(), ["Before", 2]);
  await write({ site: { name: "After" }, members: 1 });
  // It is out of reach for a moment.
  let [name, members] = await shown();
  while (name !== "After") [name, members] = await shown().catch(() => []);
  assertEquals(members, 1);
  assertEquals(await run.stop("SIGTERM"), 0);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a TypeScript seed is read; an older Node says what to do", async () => {
  const seed = await Deno.makeTempFile({ suffix: ".ts" });
  const text =
    'const name: string = "Typed";\nexport default { site: { name } };';
  await Deno.writeTextFile(seed, text);
  const args = ["--port=0", "--quiet", `--seed=${seed}`];
  if (ON_NODE && !await stripsTypes()) {
    const { code, stderr } = await command(args).output();
    assertEquals(code, 1);
    const said = new TextDecoder().decode(stderr);
    assertMatch(
      said,
      /seed file .+\.ts: TypeScript needs Node 22\.18 or later/,
    );
    return;
  }
  await using run = new Run(...args);
  const { body } = await get(await run.wix(), "/_local/overview");
  assertEquals(at(body, "site.name"), "Typed");
});

/** Whether this machine's Node runs TypeScript. */
async function stripsTypes(): Promise<boolean> {
  const args = ["-p", "process.features.typescript"];
  const { stdout } = await new Deno.Command("node", { args }).output();
  return new TextDecoder().decode(stdout).trim() === "strip";
}

Deno.test("readCliOptions() says what is wrong with an argument", () => {
  const mistakes: readonly [string, string][] = [
    ["--port 80x", `Option '--port' must be 0 to 65535: "80x"`],
    ["--latency 1s", `Option '--latency' must be 0 to 600000: "1s"`],
    ["--latency -5", "--latency"],
    ["--catalog v2", `Option '--catalog' must be v1 or v3: "v2"`],
    ["--seed=", "Option '--seed' is empty"],
    ["--state", "--state"],
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

Deno.test("main.ts --https creates a certificate once, which clients can trust", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/local-wix.pem`;
  const seen = new Set<string>();
  for (const host of ["localhost", "127.0.0.1"]) {
    await using run = new Run("--port=0", "--quiet", `--https=${path}`);
    const { origin } = await run.wix();
    const pem = await Deno.readTextFile(path);
    using client = Deno.createHttpClient({ caCerts: [pem] });
    const url = `${origin}/healthz`.replace("localhost", host);
    const init = { client, method: "GET" };
    const response = await fetch(url, init);
    assertEquals([origin.slice(0, 6), response.status], ["https:", 200]);
    assertEquals(await response.json(), { status: "ok" });
    seen.add(pem);
  }
  assertEquals(seen.size, 1);
  await Deno.remove(folder, { recursive: true });
});

const FAILURES: readonly [string[], RegExp][] = [
  [["--port", "x"], /^Option '--port' must be 0 to 65535.*\n\nUsage: /],
  [["--host", "203.0.113.1"], /^Cannot listen on 203\.0\.113\.1 port 4400: /],
  [["--port", "65535"], /^Cannot listen on 127\.0\.0\.1 port 65535: .*in use/],
];

for (const [args, reason] of FAILURES) {
  Deno.test(`main.ts ${args.join(" ")} explains why it fails`, async () => {
    using _taken = await takeLastPort();
    const { code, stderr, stdout } = await command(args).output();
    assertEquals([code, stdout.length], [1, 0]);
    assertMatch(new TextDecoder().decode(stderr), reason);
  });
}

Deno.test("main.ts killed during a write keeps all acknowledged changes", async () => {
  const folder = await Deno.makeTempDir();
  const names = peopleUpTo(4).map(({ email }) => new Names(email));
  for (const writes of [10, 25, 50, 0]) {
    await using run = new Run("--port=0", "--quiet", `--state=${folder}/db`);
    const wix = await run.wix();
    for (const name of names) await name.check(wix);
    if (writes === 0) break;
    let left = writes;
    const killed: Promise<number>[] = [];
    const acknowledge = () => {
      if (--left === 0) killed.push(run.stop("SIGKILL"));
    };
    await Promise.all(names.map((name) => name.write(wix, acknowledge)));
    assertEquals(await Promise.all(killed), [137]);
  }
  await Deno.remove(folder, { recursive: true });
});

/** Occupies the last port there is, once no other test run has it. */
async function takeLastPort(): Promise<Deno.Listener> {
  try {
    return Deno.listen({ hostname: "127.0.0.1", port: 65_535 });
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    await new Promise((resolve) => setTimeout(resolve));
    return await takeLastPort();
  }
}

/** The names that a member is given, which are numbers. */
class Names {
  #access = "";
  #sent = 0;
  #acknowledged = 0;

  constructor(readonly email: string) {}

  /** Logs the member in and compares their name with what was acknowledged. */
  async check(wix: LocalWix): Promise<void> {
    this.#access = (await memberTokens(wix, this.email)).access;
    const headers = { authorization: this.#access };
    const { body } = await get(wix, "/members/v1/members/my", headers);
    const kept = Number(at(body, "member.profile.nickname")) || 0;
    assert(kept >= this.#acknowledged && kept <= this.#sent, String(kept));
  }

  /** Renames the member until the server is gone. */
  async write(wix: LocalWix, acknowledge: () => void): Promise<void> {
    const id = textAt(claims(this.#access), "siteMemberId");
    const url = `${wix.origin}/members/v1/members/${id}`;
    const init = { method: "PATCH", headers: { authorization: this.#access } };
    for (;;) {
      const member = { profile: { nickname: String(++this.#sent) } };
      const body = JSON.stringify({ member });
      const renamed = fetch(url, { ...init, body })
        .then(async (response) => [response.status, await response.json()]);
      const [status] = await renamed.catch(() => []);
      if (status === undefined) return;
      assertEquals(status, 200);
      this.#acknowledged = this.#sent;
      acknowledge();
    }
  }
}

function command(args: readonly string[]): Deno.Command {
  const option = (names: string) =>
    new RegExp(`--(?:${names})=(\\S+)`).exec(args.join(" "))?.[1];
  const [file, seed] = [option("state|https"), option("seed")];
  const files = file
    ? ["read", "write"].map((use) => `--allow-${use}=${file},${file}.new`)
    : [];
  if (seed) files.push(`--allow-read=${seed}`);
  const deno = [
    ...["run", "--no-config", `--import-map=${IMPORTS}`, "--no-prompt"],
    ...files,
    ...["--allow-net=127.0.0.1,[::1],203.0.113.1", MAIN],
  ];
  return new Deno.Command(ON_NODE ? "node" : Deno.execPath(), {
    args: [...(ON_NODE ? [CLI] : deno), ...args],
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  });
}

/** A running main.ts; disposal kills it if a test has not stopped it. */
class Run implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #output: ReadableStreamDefaultReader<string>;
  readonly #errors: ReadableStreamDefaultReader<string>;
  #stopped = false;

  constructor(...args: string[]) {
    this.#child = command(args).spawn();
    this.#output = this.#child.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
    this.#errors = this.#child.stderr.pipeThrough(new TextDecoderStream())
      .getReader();
  }

  /** What helpers need of the local Wix that it runs: the URL it prints. */
  async wix(): Promise<LocalWix> {
    const origin = (await this.readUntil("\n")).trim().split(" ").at(-1);
    return { origin } as LocalWix;
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

  /** Reads what it reports as errors, up to `text`. */
  async readError(text: string): Promise<void> {
    let printed = "";
    const reader = this.#errors;
    while (!printed.includes(text)) {
      const { value, done } = await reader.read();
      assert(!done, `it ended after: ${printed}`);
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
    await this.#errors.cancel();
  }
}
