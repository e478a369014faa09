import { suite as upstreamFaults } from "./g4_upstream_faults.ts";
import { suite as gateway } from "./g9_gateway.ts";
import type { Suite } from "./suite.ts";

/** Every attack suite, in the order of the goals. */
export const SUITES: readonly Suite[] = [upstreamFaults, gateway];
