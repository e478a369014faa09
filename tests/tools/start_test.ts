import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { copyProject, type ProjectCopy } from "@/tools/project_copy.ts";
import { CONFIG_PATH } from "../helpers/app.ts";
import { nextPort } from "../helpers/ports.ts";
import { taskCommand } from "../helpers/tasks.ts";

Deno.test("start serves the app with local Wix, and stops both on Ctrl-C", async () => {
  await using started = await start();
  const { said, origins } = started;
  assertStringIncludes(said, "ann@demo.example");
  assertEquals(origins.length, 2, said);
  for (const origin of origins) await (await fetch(origin)).body?.cancel();

  assertEquals(await started.end(), 0);
  for (const origin of origins) {
    assert(await isClosed(origin), `${origin} still responds`);
  }
});

Deno.test("start listens on PORT, which --port overrides", async () => {
  const port = nextPort();
  const { origins } = await stopped(`start --port ${port}`, { PORT: "1" });
  assertEquals(origins[0], `http://localhost:${port}`);
  const other = await stopped("start", { PORT: String(port) });
  assertEquals(other.origins[0], `http://localhost:${port}`);
});

for (const task of ["start", "dev"]) {
  Deno.test(`${task} rejects a PORT that is in use`, async () => {
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = taken.addr;
    const said = await refusal(taskCommand(task, { PORT: String(port) }));
    assertStringIncludes(said, "Cannot start: 1 setting is missing or wrong");
    assertStringIncludes(said, `  - PORT ${port} is in use by another program`);
  });
}

Deno.test("start reads wix.config.json and .env.local, which overrides .env", async () => {
  await using project = await copyProject(CONFIG_PATH);
  const write = (name: string, text: string) =>
    Deno.writeTextFile(project.root + name, text);
  await write("wix.config.json", '{"appId":"not-a-guid"}');
  const first = await refusal(taskOf(project, "serve"));
  assertStringIncludes(first, "WIX_CLIENT_ID is not a GUID");
  await write(".env", "WIX_CLIENT_ID=not-a-guid-either");
  await write(".env.local", `WIX_CLIENT_ID=${crypto.randomUUID()}`);
  const second = await refusal(taskOf(project, "start"));
  assert(!second.includes("WIX_CLIENT_ID is not"), second);
  assertStringIncludes(second, "SESSION_SECRET is not set");
});

/** Runs a task that exits with code 1; returns its output. */
async function refusal(command: Deno.Command): Promise<string> {
  const { code, stdout, stderr } = await command.output();
  const text = new TextDecoder();
  const output = text.decode(stdout) + text.decode(stderr);
  assertEquals(code, 1, output);
  return output;
}

/** A task of a project copy, with the settings in its files only. */
function taskOf({ root, config }: ProjectCopy, task: string): Deno.Command {
  const kept = ["PATH", "HOME", "DENO_DIR", "FRESH_WIX_PACKAGES"]
    .map((name) => [name, Deno.env.get(name) ?? ""]);
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-config", "-A", `${root}tools/tasks.ts`, task],
    cwd: root,
    clearEnv: true,
    env: { ...Object.fromEntries(kept), FRESH_WIX_CONFIG: config },
    stdin: "null",
  });
}

/** Starts the task and reads its output up to "Press Ctrl-C". */
async function start(task = "start", settings: Record<string, string> = {}) {
  const process = taskCommand(task, settings).spawn();
  let ended = false;
  process.status.then(() => ended = true);
  let said = "";
  const reader = process.stdout.pipeThrough(new TextDecoderStream())
    .getReader();
  while (!said.includes("Press Ctrl-C to stop")) {
    const { value, done } = await reader.read();
    assert(!done, `it ended:\n${said}`);
    said += value;
  }
  drain(reader);
  process.stderr.cancel();
  const origins = [...said.matchAll(/http:\/\/localhost:\d+/g)].map(([o]) => o);
  const end = async () => {
    // It may have exited already.
    if (!ended) process.kill("SIGINT");
    return (await process.status).code;
  };
  return {
    said,
    origins,
    end,
    [Symbol.asyncDispose]: async () => void await end(),
  };
}

/** The output of a task that was stopped. */
async function stopped(task: string, settings: Record<string, string>) {
  await using started = await start(task, settings);
  return started;
}

async function drain(reader: ReadableStreamDefaultReader<string>) {
  while (!(await reader.read()).done);
}

async function isClosed(origin: string): Promise<boolean> {
  try {
    await (await fetch(origin)).body?.cancel();
    return false;
  } catch {
    return true;
  }
}
