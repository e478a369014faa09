/**
 * Starts, supervises and stops the processes of a task.
 *
 * @module
 */

/** A process of a task, and its name in messages. */
export interface Child {
  /** Name at the start of a sentence, such as `Local Wix`. */
  readonly name: string;
  readonly process: Deno.ChildProcess;
}

/** Runs `deno` with `args`; returns whether it succeeded. */
export async function runDeno(
  args: readonly string[],
  options: Pick<Deno.CommandOptions, "cwd" | "env"> = {},
): Promise<boolean> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    ...options,
    args: [...args],
    stdin: "null",
  }).spawn().status;
  return success;
}

/**
 * Runs `deno` with `args` until it exits, and forwards termination signals. Returns
 * whether it succeeded.
 */
export async function runServer(args: readonly string[]): Promise<boolean> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [...args],
    stdin: "null",
  }).spawn();
  const end = () => terminate({ process });
  const signals: readonly Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  signals.forEach((signal) => Deno.addSignalListener(signal, end));
  const { success } = await process.status;
  signals.forEach((signal) => Deno.removeSignalListener(signal, end));
  return success;
}

/** Runs steps in order. Exits with code 1 if one fails. */
export async function runAll(
  steps: readonly (() => Promise<boolean>)[],
): Promise<void> {
  for (const step of steps) {
    if (!await step()) Deno.exit(1);
  }
}

/**
 * Returns the first free port from `first` on; any free port for 0.
 *
 * @throws {Deno.errors.AddrInUse} when the next twenty ports are in use too.
 */
export function findFreePort(first: number): number {
  for (let tries = 0;; tries++) {
    try {
      return tryListening("127.0.0.1", first === 0 ? 0 : first + tries);
    } catch (error) {
      const taken = error instanceof Deno.errors.AddrInUse;
      if (!taken || tries === 20) throw error;
    }
  }
}

/**
 * Listens briefly and returns the port: `port`, or any free one for 0. For
 * 127.0.0.1 it also tries ::1, which browsers use first for `localhost`.
 *
 * @throws {Deno.errors.AddrInUse} when the port is in use, and other errors of
 * `listen()`.
 */
export function tryListening(hostname: string, port: number): number {
  using listener = Deno.listen({ hostname, port });
  if (hostname === "127.0.0.1") assertFreeOnIpv6(listener.addr.port);
  return listener.addr.port;
}

function assertFreeOnIpv6(port: number): void {
  try {
    Deno.listen({ hostname: "::1", port }).close();
  } catch (error) {
    // Other errors mean that this machine has no ::1.
    if (error instanceof Deno.errors.AddrInUse) throw error;
  }
}

/**
 * Resolves when the server responds to `url`; an error page is a response too.
 *
 * @throws {Error} when the process exits first.
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
    if (response) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("Cannot start: the server exited before it was ready");
}

/** Time for open responses: `deno serve` waits forever for a slow body. */
const GRACE_MS = 4_000;

/**
 * Stops all children when the program receives a termination signal, waits a few
 * seconds, and exits. If one child exits by itself, prints a message and stops the
 * others too.
 */
export async function superviseUntilEnd(
  children: readonly Child[],
): Promise<never> {
  let isStopping = false;
  const endAll = () => {
    children.forEach((child) => terminate(child));
    setTimeout(
      () => children.forEach((child) => terminate(child, "SIGKILL")),
      GRACE_MS,
    );
  };
  const end = () => {
    isStopping = true;
    endAll();
  };
  Deno.addSignalListener("SIGINT", end);
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", end);
    Deno.addSignalListener("SIGHUP", end);
  }
  const first = await Promise.race(children.map(async ({ name, process }) => {
    const { code } = await process.status;
    return { name, code };
  }));
  if (!isStopping) {
    console.error(
      `${first.name} has stopped unexpectedly (exit code ${first.code}): stopping everything`,
    );
  }
  endAll();
  await Promise.all(children.map(({ process }) => process.status));
  Deno.exit(isStopping ? 0 : first.code || 1);
}

function terminate(
  { process }: Pick<Child, "process">,
  signal: Deno.Signal = "SIGTERM",
): void {
  try {
    process.kill(signal);
  } catch {
    // It has already exited.
  }
}
