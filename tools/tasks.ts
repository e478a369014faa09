/**
 * Entry point of the tasks in `deno.json`:
 * `deno run --no-config -A tools/tasks.ts <task>`.
 *
 * @module
 */
import { assertDeno, OLDEST_DENO } from "./deno_version.ts";

assertDeno(OLDEST_DENO);
// Dynamic, because older versions of Deno may fail to parse the imports.
const { runTask } = await import("./run_task.ts");
await runTask(Deno.args);
