/**
 * Runs the tasks of `deno.json`.
 *
 * @module
 */
import { ROOT } from "@/tools/packages.ts";
import { CONFIG_PATH, NO_SETTINGS } from "./app.ts";

const TASKS: Record<string, { command: string }> = JSON.parse(
  await Deno.readTextFile(`${ROOT}deno.json`),
).tasks;

/**
 * Returns the command of a task, with `settings` instead of this machine's.
 *
 * @param task Its name, and arguments separated by spaces.
 * @param project A project copy to use instead of this project.
 */
export function taskCommand(
  task: string,
  settings: Record<string, string> = {},
  project = { root: ROOT, config: CONFIG_PATH },
): Deno.Command {
  const { root, config } = project;
  const offline = config.endsWith("deno.offline.json");
  const [name = "", ...args] = task.split(" ");
  const entry = TASKS[name]?.command.includes("tools/starter.ts")
    ? "tools/starter.ts"
    : "tools/tasks.ts";
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-config",
      "-A",
      root + entry,
      name,
      ...args,
    ],
    cwd: root,
    env: {
      ...NO_SETTINGS,
      FRESH_WIX_PACKAGES: offline ? "offline" : "jsr",
      FRESH_WIX_CONFIG: config,
      ...settings,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** Returns the command of `deno task` in a folder, without this machine's settings. */
export function denoTask(
  root: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Deno.Command {
  const kept = ["PATH", "HOME", "DENO_DIR", "FRESH_WIX_PACKAGES"]
    .map((name) => [name, Deno.env.get(name) ?? ""]);
  return new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", ...args],
    cwd: root,
    clearEnv: true,
    env: { ...Object.fromEntries(kept), NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs a task; returns its exit code and output. */
export async function runTask(...call: Parameters<typeof taskCommand>) {
  return await outputOf(taskCommand(...call));
}

/** Runs a command; returns its exit code and output. */
export async function outputOf(command: Deno.Command) {
  const { code, stdout, stderr } = await command.output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** Runs `start` or `dev` until it is ready; returns its output and origins. */
export async function startTask(command: Deno.Command) {
  const process = command.spawn();
  const errors = new Response(process.stderr).text();
  let ended = false;
  process.status.then(() => ended = true);
  let said = "";
  const reader = process.stdout.pipeThrough(new TextDecoderStream())
    .getReader();
  while (!said.includes("Press Ctrl-C to stop")) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`It ended:\n${said}${await errors}`);
    said += value;
  }
  drain(reader);
  const origins = [...said.matchAll(/http:\/\/localhost:\d+/g)].map(([o]) => o);
  const end = async () => {
    // It may have exited already.
    if (!ended) process.kill("SIGINT");
    const { code } = await process.status;
    await errors;
    return code;
  };
  return {
    said,
    origins,
    end,
    [Symbol.asyncDispose]: async () => void await end(),
  };
}

async function drain(reader: ReadableStreamDefaultReader<string>) {
  while (!(await reader.read()).done);
}
