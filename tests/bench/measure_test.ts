import { assertEquals } from "@std/assert";
import {
  cellsOf,
  type Figures,
  type RoundOfLoad,
  type TargetName,
} from "@/bench/measure.ts";

function figures(requestsPerSecond: number): Figures {
  return {
    requestsPerSecond,
    p50: 1,
    p99: 2,
    cpuMicroseconds: 1e6 / requestsPerSecond,
    upstreamCalls: 1,
  };
}

function round(
  scenario: string,
  connections: number,
  servers: Partial<Record<TargetName, number>>,
): RoundOfLoad {
  return {
    scenario,
    connections,
    latencyMilliseconds: 0,
    figures: new Map(
      Object.entries(servers).map(([name, requestsPerSecond]) => [
        name as TargetName,
        figures(requestsPerSecond),
      ]),
    ),
  };
}

Deno.test("a line has the medians of all rounds, and the median of their shares", () => {
  const cells = cellsOf([
    round("orders", 16, { app: 50, reference: 100 }),
    // The machine was slow, for both.
    round("orders", 16, { app: 9, reference: 10 }),
    round("orders", 16, { app: 80, reference: 100 }),
  ]);
  assertEquals(
    cells.map(({ target, requestsPerSecond, share }) => [
      target,
      requestsPerSecond,
      share,
    ]),
    [["app", 50, 0.8], ["reference", 100, undefined]],
  );
});

Deno.test("lines are in the order of the scenarios, whatever was measured first", () => {
  const cells = cellsOf([
    round("orders", 1, { app: 1 }),
    round("home", 1, { app: 1 }),
    round("orders", 16, { app: 1 }),
    round("home", 1, { app: 1 }),
  ]);
  assertEquals(
    cells.map(({ scenario, connections }) => `${scenario} ${connections}`),
    ["home 1", "orders 1", "orders 16"],
  );
});
