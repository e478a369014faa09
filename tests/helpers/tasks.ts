/**
 * Runs the tasks of `deno.json`.
 *
 * @module
 */
import { ROOT } from "@/tools/packages.ts";
import { CONFIG_PATH, NO_SETTINGS } from "./app.ts";

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
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-config",
      "-A",
      `${root}tools/tasks.ts`,
      ...task.split(" "),
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

/** Runs a task; returns its exit code and output. */
export async function runTask(...call: Parameters<typeof taskCommand>) {
  const { code, stdout, stderr } = await taskCommand(...call).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}
