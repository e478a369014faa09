import { assertEquals, assertThrows } from "@std/assert";
import { readPlan } from "../options.ts";
import { PAGES } from "../pages.ts";

Deno.test("readPlan() measures all pages in three rounds by default", () => {
  assertEquals(readPlan([]), {
    kind: "measure",
    effort: { pages: [...PAGES], rounds: 3, turns: 3 },
    against: undefined,
    write: false,
  });
});

Deno.test("readPlan() compares builds on the named pages", () => {
  const [, , orders] = PAGES;
  assertEquals(readPlan(["orders", "--against", "../b", "--rounds=5"]), {
    kind: "measure",
    effort: { pages: [orders], rounds: 5, turns: 3 },
    against: "../b",
    write: false,
  });
});

Deno.test("readPlan() accepts the minutes of a soak, and the folder of a build to attack", () => {
  assertEquals(readPlan(["attacks", "../b"]), {
    kind: "attacks",
    folder: "../b",
  });
  assertEquals(readPlan(["soak", "30"]), { kind: "soak", minutes: 30 });
});

Deno.test("readPlan() rejects unknown pages and folders", () => {
  const rows: [args: string[], error: typeof RangeError | typeof TypeError][] =
    [
      [["homes"], RangeError],
      [["--rounds", "0"], RangeError],
      [["--turns", "1.5"], RangeError],
      [["soak", "long"], RangeError],
      [["home", "--write"], RangeError],
      [["--write", "--against", "../b"], RangeError],
      [["--quick"], TypeError],
    ];
  for (const [args, error] of rows) assertThrows(() => readPlan(args), error);
});
