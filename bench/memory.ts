/**
 * How much memory an app needs under load.
 *
 * @module
 */
import { measure } from "./measure.ts";
import { usageOf } from "./process_usage.ts";
import type { Rig } from "./rig.ts";
import { JUDGED, SCENARIOS } from "./scenarios.ts";
import type { Server } from "./servers.ts";

/** Memory of processes (RSS) after a load, in MB. */
export interface Memory {
  readonly app: number;
  readonly reference: number;
}

/** Of each page. Afterwards memory still moves with V8's collections. */
const SECONDS = 3;

/** The pages that budgets are about. */
const JUDGED_SCENARIOS = SCENARIOS.filter(({ wanted }) => wanted !== undefined);

/** Measures it, each app in a process of its own. */
export async function measureMemory(rig: Rig): Promise<Memory> {
  const memoryOf = async (started: Promise<Server>): Promise<number> => {
    await using server = await started;
    for (const scenario of JUDGED_SCENARIOS) {
      await measure(rig, server, scenario, JUDGED.connections, SECONDS);
    }
    return (await usageOf(server.pid)).residentMegabytes;
  };
  return {
    app: await memoryOf(rig.startApp()),
    reference: await memoryOf(rig.startReference()),
  };
}
