/**
 * Entry of the tasks in `deno.json`:
 * `deno run --no-config -A tools/tasks.ts <task>`.
 *
 * @module
 */
import { oldDenoProblem } from "./deno_version.ts";

const problem = oldDenoProblem(Deno.version.deno);
if (problem !== undefined) {
  console.error(problem);
  Deno.exit(1);
}
// Only now: an older Deno may not even parse what the tasks import.
const { runTask } = await import("./run_task.ts");
await runTask(Deno.args);
