import { setTimeout } from "node:timers/promises";

/** Resolves after `milliseconds`, or as soon as `signal` is aborted. */
export async function wait(
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => {});
}
