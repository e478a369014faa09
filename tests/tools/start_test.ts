import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { copyProject, type ProjectCopy } from "@/tools/project_copy.ts";
import { CONFIG_PATH } from "../helpers/app.ts";
import { isShippedSeed } from "@/packages/local-wix/src/seed/load_seed.ts";
import { SHIPPED_SEEDS } from "@/tools/run_task.ts";
import { localWixFlags } from "@/tools/start.ts";
import { nextPort } from "../helpers/ports.ts";
import { shownUser } from "../helpers/document.ts";
import { Browser } from "../helpers/browser.ts";
import { ANN, logIn } from "../helpers/site.ts";
import { denoTask, startTask, taskCommand } from "../helpers/tasks.ts";

Deno.test("start serves the app with local Wix, and stops both on Ctrl-C", async () => {
  await using started = await startTask(taskCommand("start --state none"));
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

Deno.test("start saves local Wix's data, here for a custom seed", async () => {
  const folder = await Deno.makeTempDir();
  const seed = `${folder}/shop.json`;
  const site = { clientId: crypto.randomUUID() };
  const members = [{ email: ANN, nickname: "Ann" }];
  await Deno.writeTextFile(seed, JSON.stringify({ site, members }));
  const task = `start --seed ${seed} --state ${folder}/shop.db`;
  const open = async (origin = "") => {
    const browser = new Browser(origin);
    return { browser, page: await logIn(browser, "/account/settings", ANN) };
  };
  {
    await using started = await startTask(taskCommand(task));
    assertStringIncludes(started.said, ANN);
    const { browser, page } = await open(started.origins[0]);
    await browser.submit(page, '[name="nickname"]', { nickname: "Annie" });
  }
  await using started = await startTask(taskCommand(task));
  assertEquals(shownUser((await open(started.origins[0])).page), "Annie");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("each seed has its own state file in .local/, unless --state is given", async () => {
  const root = `${await Deno.makeTempDir()}/`;
  const state = `${root}.local/`;
  assertEquals(await localWixFlags({}, root), ["--state", `${state}demo.db`]);
  assertEquals(await localWixFlags({ seed: "/a/shop.json" }, root), [
    ...["--seed", "/a/shop.json", "--state", `${state}shop.json.db`],
  ]);
  assertEquals(await localWixFlags({ state: undefined }, root), []);
  await Deno.remove(root, { recursive: true });
});

Deno.test("start knows the seeds of local Wix by name, and refuses a file that is missing", async () => {
  assertEquals(SHIPPED_SEEDS.filter((name) => !isShippedSeed(name)), []);
  await using started = await startTask(
    taskCommand("start --seed empty --state none"),
  );
  assertEquals(started.said.includes("ann@demo.example"), false, started.said);
  const said = await refusal(taskCommand("start --seed nope --state none"));
  assertStringIncludes(said, "Cannot read seed file");
  assertEquals(said.includes("Uncaught"), false, said);
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
  const first = await refusal(settled(project, "serve"));
  assertStringIncludes(first, "WIX_CLIENT_ID is not a GUID");
  await write(".env", "WIX_CLIENT_ID=not-a-guid-either");
  await write(".env.local", `WIX_CLIENT_ID=${crypto.randomUUID()}`);
  const second = await refusal(settled(project, "start"));
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
function settled({ root, config }: ProjectCopy, task: string): Deno.Command {
  return denoTask(root, [task], { FRESH_WIX_CONFIG: config });
}

/** The output of a task that was stopped. */
async function stopped(task: string, settings: Record<string, string>) {
  await using started = await startTask(
    taskCommand(`${task} --state none`, settings),
  );
  return started;
}

async function isClosed(origin: string): Promise<boolean> {
  try {
    await (await fetch(origin)).body?.cancel();
    return false;
  } catch {
    return true;
  }
}
