import { assertEquals } from "@std/assert";
import {
  costOf,
  type Count,
  type Growth,
  growthOf,
  type Minute,
  shareOf,
  total,
} from "@/bench/growth.ts";

/** Answers that cost so many microseconds of processor each. */
function count(microseconds: number, answered = 1000): Count {
  return { answered, seconds: 1, cpuSeconds: answered * microseconds / 1e6 };
}

function rounded(number: number): number {
  return Number(number.toFixed(6));
}

interface Circumstances {
  /** 1 on a machine that is as fast as ever, 2 on one of half the speed. */
  readonly slowness?: number;
  readonly members?: number;
  readonly orders?: number;
  readonly resident?: number;
  readonly heap?: number;
}

function minute(
  { slowness = 1, members = 1, orders = 1, resident = 400, heap = 80 }:
    Circumstances,
): Minute {
  return {
    crowds: [
      // Cheap, and therefore asked for more often.
      {
        app: count(600 * members * slowness, 5000),
        reference: count(500 * slowness),
      },
      {
        app: count(3000 * orders * slowness),
        reference: count(3000 * slowness),
      },
    ],
    residentMegabytes: resident,
    heapMegabytes: heap,
  };
}

/** Four quarters of three minutes each. */
function growth(...quarters: Circumstances[]): Growth {
  const minutes = quarters.flatMap((it) => Array.from({ length: 3 }, () => it));
  const found = growthOf(minutes.map(minute));
  if (found === undefined) throw new Error("too few minutes");
  return found;
}

Deno.test("growthOf() sees what each crowd's requests cost more, however often it asks", () => {
  const { relative, app, reference } = growth({}, {}, {}, { orders: 1.2 });
  assertEquals(rounded(relative[0] ?? NaN), 1);
  assertEquals(rounded(relative[1] ?? NaN), 1.2);
  assertEquals(rounded(app), 1.1);
  assertEquals(rounded(reference), 1);
});

Deno.test("growthOf() tells a slower machine from an app that costs more", () => {
  const { relative, app, reference } = growth({}, {}, {}, { slowness: 1.5 });
  assertEquals(rounded(relative[0] ?? NaN), 1);
  assertEquals(rounded(relative[1] ?? NaN), 1);
  assertEquals(rounded(app), 1.5);
  assertEquals(rounded(reference), 1.5);
});

Deno.test("growthOf() compares the last quarter with the second, not with the first", () => {
  const { relative, residentMegabytes, heapMegabytes } = growth(
    { members: 0.5, resident: 200, heap: 40 },
    {},
    { members: 3, resident: 900, heap: 300 },
    { members: 1.02, resident: 408, heap: 84 },
  );
  assertEquals(rounded(relative[0] ?? NaN), 1.02);
  assertEquals(rounded(residentMegabytes), 1.02);
  assertEquals(rounded(heapMegabytes), 1.05);
});

Deno.test("growthOf() compares peaks of memory, which the allocator gives back by chance", () => {
  const usual = Array.from({ length: 12 }, () => minute({ resident: 430 }));
  const givenBack = minute({ resident: 350 });
  const leaking = minute({ resident: 473 });
  const of = (...changed: (readonly [number, Minute])[]) =>
    growthOf(changed.reduce((it, [at, put]) => it.with(at, put), usual))
      ?.residentMegabytes ?? NaN;
  assertEquals(rounded(of([3, givenBack], [4, givenBack])), 1);
  assertEquals(rounded(of([10, givenBack], [11, givenBack])), 1);
  assertEquals(rounded(of([11, leaking])), 1.1);
});

Deno.test("growthOf() says nothing about a few minutes", () => {
  assertEquals(
    growthOf(Array.from({ length: 11 }, () => minute({}))),
    undefined,
  );
});

Deno.test("total() adds counts up, so that a short load weighs less", () => {
  const all = total([count(100, 10), count(200, 30)]);
  assertEquals(all.answered, 40);
  assertEquals(all.seconds, 2);
  assertEquals(rounded(costOf(all)), 175);
});

Deno.test("shareOf() is the app's cost in shares of the reference's", () => {
  assertEquals(
    rounded(shareOf({ app: count(600), reference: count(500) })),
    1.2,
  );
});
