/**
 * The tasks of `deno.json`, as people run them.
 *
 * @module
 */
import { VARIABLES } from "@/lib/config/read_config.ts";
import { ROOT } from "@/tools/packages.ts";
import { ADDRESS_VARIABLES } from "@/tools/serve.ts";
import { CONFIG_PATH } from "./app.ts";

/**
 * Returns the command of a task, with `settings` and none of this machine's.
 *
 * @param project Another project's folder and config than this one's.
 */
export function taskCommand(
  task: string,
  settings: Record<string, string> = {},
  project = { root: ROOT, config: CONFIG_PATH },
): Deno.Command {
  const { root, config } = project;
  const offline = config.endsWith("deno.offline.json");
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-config", "-A", `${root}tools/tasks.ts`, task],
    cwd: root,
    env: {
      // Empty is unset: whatever .env says does not count here.
      ...Object.fromEntries(
        [...VARIABLES, ...ADDRESS_VARIABLES].map((name) => [name, ""]),
      ),
      FRESH_WIX_PACKAGES: offline ? "offline" : "jsr",
      FRESH_WIX_CONFIG: config,
      ...settings,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}
