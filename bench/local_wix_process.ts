/**
 * Local Wix as a process of its own, and its controls over HTTP.
 *
 * @module
 */
import type { CounterSnapshot } from "@/packages/local-wix/src/mod.ts";
import { localWixArgs } from "@/tools/local_wix.ts";
import { type Server, startPrinting } from "./servers.ts";

/** A running local Wix. */
export interface LocalWixProcess extends Server {
  /** Lets every API answer take at least so long. */
  setLatency(milliseconds: number): Promise<void>;
  /** Returns what it was asked for so far. */
  count(): Promise<UpstreamCalls>;
}

/** Calls that reached Wix. */
export interface UpstreamCalls {
  /** All, those of the token endpoint included. */
  readonly all: number;
  /** Those of the token endpoint. */
  readonly token: number;
}

/** Starts local Wix on a free port. */
export async function startLocalWix(): Promise<LocalWixProcess> {
  const server = await startPrinting(localWixArgs(["--port=0", "--quiet"]));
  const { origin } = server;
  return {
    ...server,

    async setLatency(latencyMilliseconds) {
      const answer = await fetch(`${origin}/_local/settings`, {
        method: "POST",
        body: JSON.stringify({ latencyMilliseconds }),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error("Cannot set local Wix's latency");
    },

    async count() {
      const answer = await fetch(`${origin}/_local/counters`);
      const { grants, routes }: CounterSnapshot = await answer.json();
      return {
        all: sum(
          Object.entries(routes).filter(([name]) => !name.includes("/_local/"))
            .map(([, count]) => count),
        ),
        token: sum(Object.values(grants)),
      };
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
