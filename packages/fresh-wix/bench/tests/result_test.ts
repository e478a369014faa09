import { assertEquals, assertThrows } from "@std/assert";
import type { Sample } from "../measure.ts";
import { DOCUMENT, readPublished, withFigures } from "../publish.ts";
import { compareCpu, median, SITES, summarizeRows } from "../result.ts";

Deno.test("median() returns the middle value, or the mean of both", () => {
  assertEquals([median([3, 1, 2]), median([4, 1, 2, 3]), median([])], [
    2,
    2.5,
    NaN,
  ]);
});

Deno.test("summarizeRows() has the median multiple of the turns, not of the medians", () => {
  const samples = [
    ...turns(SITES.app, [1000, 500, 1000]),
    ...turns(SITES.node, [100, 40, 125]),
    ...turns(SITES.deno, [200, 200, 200]),
  ];
  const [app, node, deno] = summarizeRows({ samples });
  assertEquals([app?.requestsPerSecond, app?.multiple], [1000, undefined]);
  assertEquals([node?.requestsPerSecond, node?.multiple], [100, 10]);
  assertEquals([deno?.requestsPerSecond, deno?.multiple], [200, 5]);
});

Deno.test("compareCpu() has the share of processor time that is saved", () => {
  const samples = [
    ...turns("this", [1, 1], [95, 80]),
    ...turns("other", [1, 1], [100, 100]),
  ];
  const found = compareCpu({ samples }, "this", "other");
  assertEquals(found.map(({ page }) => page), ["home"]);
  assertEquals(found[0]?.saved.toFixed(3), "0.125");
});

Deno.test("the document has the figures of the published result", async () => {
  const text = await Deno.readTextFile(DOCUMENT);
  const figures = withFigures(text, await readPublished());
  assertEquals(withoutLayout(text), withoutLayout(figures));
});

Deno.test("withFigures() rejects a document without a place for figures", async () => {
  const result = await readPublished();
  assertThrows(() => withFigures("# Performance", result), Error, "no ");
});

function turns(
  site: string,
  speeds: readonly number[],
  costs: readonly number[] = [],
): Sample[] {
  return speeds.map((requestsPerSecond, turn) => ({
    page: "home",
    site,
    requestsPerSecond,
    p50: 1,
    p99: 2,
    cpuMicroseconds: costs[turn] ?? 100,
    wixCalls: 0,
    kilobytes: 4,
  }));
}

/** As formatting leaves it: neither spaces nor the widths of columns. */
function withoutLayout(markdown: string): string {
  return markdown.replaceAll(/[\s-]+/g, "");
}
