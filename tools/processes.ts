/**
 * Starting, watching and ending the processes of a task.
 *
 * @module
 */

/** Runs `deno` with `args`; returns whether it succeeded. */
export async function runDeno(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    env,
    stdin: "null",
  }).spawn().status;
  return success;
}

/** Runs steps in order; ends the program with code 1 at the first that fails. */
export async function runAll(
  steps: readonly (() => Promise<boolean>)[],
): Promise<void> {
  for (const step of steps) {
    if (!await step()) Deno.exit(1);
  }
}

/**
 * Returns the first free port of 127.0.0.1 from `first` on; for 0 any.
 *
 * @throws {Deno.errors.AddrInUse} when the twenty after it are taken too.
 */
export function findFreePort(first: number): number {
  for (let port = first;; port++) {
    try {
      using listener = Deno.listen({ hostname: "127.0.0.1", port });
      return listener.addr.port;
    } catch (error) {
      const taken = error instanceof Deno.errors.AddrInUse;
      if (!taken || port === first + 20) throw error;
    }
  }
}

/**
 * Resolves when `url` answers 200.
 *
 * @throws {Error} when the process ends before that.
 */
export async function waitUntilReady(
  url: string,
  process: Deno.ChildProcess,
): Promise<void> {
  let ended = false;
  process.status.then(() => ended = true);
  while (!ended) {
    const response = await fetch(url).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("Cannot start: the server ended before it answered");
}

/**
 * Ends every child when the program is told to end, waits for them, and then
 * exits. Also the end of the first child, the main one, ends the program.
 */
export async function superviseUntilEnd(
  children: readonly [Deno.ChildProcess, ...Deno.ChildProcess[]],
): Promise<never> {
  let asked = false;
  const end = () => {
    asked = true;
    children.forEach(terminate);
  };
  Deno.addSignalListener("SIGINT", end);
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", end);
    Deno.addSignalListener("SIGHUP", end);
  }
  const { code } = await children[0].status;
  children.forEach(terminate);
  await Promise.all(children.map((child) => child.status));
  Deno.exit(asked ? 0 : code);
}

function terminate(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGTERM");
  } catch {
    // It has ended already.
  }
}
