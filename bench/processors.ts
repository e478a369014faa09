/**
 * Where things run. What the scheduler would choose differs from second to
 * second, and the processors of a virtual machine are not equally fast: servers
 * that are compared answer on the same one.
 *
 * @module
 */

/** Lets a process answer on the first processor; its other threads are free. */
export async function giveFirstProcessor(pid: number): Promise<void> {
  await taskset("-cp", "0", pid);
}

/** Keeps a process, with all its threads, off the first processor. */
export async function leaveFirstProcessor(pid: number): Promise<void> {
  const { hardwareConcurrency } = navigator;
  if (hardwareConcurrency === 1) return;
  await taskset("-acp", `1-${hardwareConcurrency - 1}`, pid);
}

/** Linux has it; elsewhere the system decides. */
async function taskset(
  option: string,
  processors: string,
  pid: number,
): Promise<void> {
  try {
    await new Deno.Command("taskset", {
      args: [option, processors, String(pid)],
      stdout: "null",
      stderr: "null",
    }).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
