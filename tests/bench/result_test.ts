import { assertEquals, assertStringIncludes } from "@std/assert";
import { drawChart } from "@/bench/chart.ts";
import type { Cell } from "@/bench/measure.ts";
import { verdicts } from "@/bench/result.ts";

const CELL: Cell = {
  scenario: "home",
  target: "app",
  connections: 16,
  latencyMilliseconds: 0,
  requestsPerSecond: 950,
  p50: 1,
  p99: 2,
  cpuMicroseconds: 300,
  upstreamCalls: 0,
  share: 0.95,
  cpuShare: 1.1,
};

Deno.test("verdicts() judges a page without Wix calls by 0.95, others by 0.8", () => {
  const met = (scenario: string, share: number) =>
    verdicts([{ ...CELL, scenario, share }]).map(({ met }) => met);
  assertEquals(met("home", 0.95), [true]);
  assertEquals(met("home", 0.94), [false]);
  assertEquals(met("orders", 0.8), [true]);
  assertEquals(met("orders", 0.79), [false]);
});

Deno.test("verdicts() judges one load, and only what has a reference", () => {
  assertEquals(verdicts([{ ...CELL, connections: 1 }]), []);
  assertEquals(verdicts([{ ...CELL, latencyMilliseconds: 20 }]), []);
  assertEquals(verdicts([{ ...CELL, scenario: "first-visit" }]), []);
});

Deno.test("drawChart() draws each scenario that was measured", () => {
  const { share: _, cpuShare: __, ...other } = CELL;
  const reference: Cell = {
    ...other,
    target: "reference",
    requestsPerSecond: 1000,
  };
  const svg = drawChart({
    cells: [CELL, reference],
    machine: {
      date: "2026-11-01",
      processor: "A <processor>",
      cores: 2,
      memoryGigabytes: 8,
      load: 0,
      system: "linux",
      deno: "2.9.6",
      v8: "15",
      generator: "a generator",
      packages: "jsr",
    },
    startUp: { milliseconds: 1, cpuMilliseconds: 1, residentMegabytes: 1 },
    memory: { app: 1, reference: 1 },
    loadedAtStart: [],
    alike: {},
    functions: [],
  });
  assertEquals(svg.match(/<rect class="(?:app|reference)"/g)?.length, 4);
  assertStringIncludes(svg, "300 (1.10)");
  assertStringIncludes(svg, "A &lt;processor>");
  assertEquals(svg.includes("orders page"), false);
});
