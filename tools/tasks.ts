/**
 * Entry of the tasks in `deno.json`:
 * `deno run --no-config -A tools/tasks.ts <task>`.
 *
 * @module
 */
import { assertDeno, OLDEST_DENO } from "./deno_version.ts";

assertDeno(OLDEST_DENO);
// Only now: an older Deno may not even parse what the tasks import.
const { runTask } = await import("./run_task.ts");
await runTask(Deno.args);
