/**
 * How much memory an app needs under load.
 *
 * @module
 */
import { measure } from "./measure.ts";
import { usageOf } from "./process_usage.ts";
import type { Rig } from "./rig.ts";
import { JUDGED, type Scenario } from "./scenarios.ts";
import type { Server } from "./servers.ts";

/** Memory of processes (RSS) after a load, in MB. */
export interface Memory {
  readonly app: number;
  readonly reference: number;
}

/** Long enough for memory to stay where it is. */
const SECONDS = 5;

/**
 * Measures it, each app in a process of its own, after the scenarios that both
 * can answer.
 */
export async function measureMemory(
  rig: Rig,
  scenarios: readonly Scenario[],
): Promise<Memory> {
  const comparable = scenarios.filter(({ wanted }) => wanted !== undefined);
  const memoryOf = async (started: Promise<Server>): Promise<number> => {
    await using server = await started;
    for (const scenario of comparable) {
      await measure(rig, server, scenario, JUDGED.connections, SECONDS);
    }
    return (await usageOf(server.pid)).residentMegabytes;
  };
  return {
    app: await memoryOf(rig.startApp()),
    reference: await memoryOf(rig.startReference()),
  };
}
