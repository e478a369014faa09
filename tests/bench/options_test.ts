import { assertEquals, assertThrows } from "@std/assert";
import { readPlan } from "@/bench/options.ts";

Deno.test("readPlan() measures every scenario unless some are named", () => {
  const all = readPlan([]);
  const some = readPlan(["orders", "home", "--json", "figures.json"]);
  assertEquals(all.kind === "bench" && all.scenarios.length, 8);
  assertEquals(
    some.kind === "bench" &&
      [some.json, some.scenarios.map(({ name }) => name)],
    ["figures.json", ["orders", "home"]],
  );
});

Deno.test("readPlan() measures one load once when it is to be quick", () => {
  const plan = readPlan(["--quick"]);
  assertEquals(plan.kind === "bench" && plan.effort, {
    connections: [16],
    latencies: [0],
    rounds: 1,
    seconds: 1,
  });
});

Deno.test("readPlan() takes other loads", () => {
  const plan = readPlan(["--connections", "8,32", "--latency", "5"]);
  assertEquals(plan.kind === "bench" && plan.effort.connections, [8, 32]);
  assertEquals(plan.kind === "bench" && plan.effort.latencies, [5]);
  assertThrows(() => readPlan(["--connections", "many"]), RangeError, "many");
});

Deno.test("readPlan() takes another number of rounds", () => {
  const plan = readPlan(["home", "--rounds", "9"]);
  assertEquals(plan.kind === "bench" && plan.effort.rounds, 9);
  for (const rounds of ["0", "1.5", "many", "100"]) {
    assertThrows(() => readPlan(["--rounds", rounds]), RangeError, rounds);
  }
});

Deno.test("readPlan() soaks for 30 minutes, or for as long as it is told", () => {
  assertEquals(readPlan(["soak"]), { kind: "soak", minutes: 30 });
  assertEquals(readPlan(["soak", "2"]), { kind: "soak", minutes: 2 });
  assertEquals(readPlan(["soak", "0"]), { kind: "soak", minutes: 0 });
  for (const minutes of ["long", "1.5", "121", "Infinity"]) {
    assertThrows(() => readPlan(["soak", minutes]), RangeError, minutes);
  }
});

Deno.test("readPlan() refuses what there is not", () => {
  assertThrows(() => readPlan(["order"]), RangeError, '"order"');
  assertThrows(() => readPlan(["--slow"]), TypeError, "--slow");
  assertThrows(() => readPlan(["chart", "a.json"]), RangeError);
});
