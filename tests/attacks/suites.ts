import { suite as refreshStorm } from "./g3_refresh_storm.ts";
import { suite as upstreamFaults } from "./g4_upstream_faults.ts";
import { suite as isolation } from "./g5_isolation.ts";
import { suite as csrfMatrix } from "./g6_csrf_matrix.ts";
import { suite as sharedCache } from "./g7_shared_cache.ts";
import { suite as secrets } from "./g8_secrets.ts";
import { suite as gateway } from "./g9_gateway.ts";
import { suite as keyRotation } from "./g10_key_rotation.ts";
import { suite as socketRows } from "./g12_socket_rows.ts";
import type { Suite } from "./suite.ts";

/** Every attack suite, in the order of the goals. */
export const SUITES: readonly Suite[] = [
  refreshStorm,
  upstreamFaults,
  isolation,
  csrfMatrix,
  sharedCache,
  secrets,
  gateway,
  keyRotation,
  socketRows,
];
