import { assertEquals, assertRejects } from "@std/assert";
import { CallBudget } from "../../src/wix/budget.ts";
import {
  currentBudget,
  withBudget,
  withinBudget,
  withoutBudget,
} from "../../src/wix/request_scope.ts";
import { WixError } from "../../src/wix/wix_error.ts";

function budgetOf(milliseconds: number) {
  const clock = { now: 0 };
  return { clock, budget: new CallBudget(milliseconds, () => clock.now) };
}

Deno.test("a budget is spent by waiting, not by what a handler does", () => {
  const { clock, budget } = budgetOf(7_000);
  clock.now += 8_000;
  assertEquals(budget.left(), 7_000);
  budget.begin();
  clock.now += 1_000;
  assertEquals(budget.left(), 6_000);
  budget.end();
  clock.now += 8_000;
  assertEquals(budget.left(), 6_000);
});

Deno.test("parallel calls spend the time once", () => {
  const { clock, budget } = budgetOf(7_000);
  budget.begin();
  clock.now += 1_000;
  budget.begin();
  clock.now += 1_000;
  budget.end();
  clock.now += 1_000;
  budget.end();
  clock.now += 1_000;
  assertEquals(budget.left(), 4_000);
});

Deno.test("a budget within another ends with it, and is paid for by it", () => {
  const { clock, budget: outer } = budgetOf(2_000);
  const inner = new CallBudget(5_000, () => clock.now, outer);
  assertEquals(inner.left(), 2_000);
  inner.begin();
  clock.now += 1_500;
  inner.end();
  clock.now += 1_000;
  assertEquals([inner.left(), outer.left()], [500, 500]);
});

Deno.test("the current budget is that of whatever is being answered", () => {
  assertEquals(currentBudget().left(), Infinity);
  withBudget(7_000, () => {
    assertEquals(currentBudget().left(), 7_000);
    withBudget(1_000, () => assertEquals(currentBudget().left(), 1_000));
    withBudget(9_000, () => assertEquals(currentBudget().left(), 7_000));
    withoutBudget(() => assertEquals(currentBudget().left(), Infinity));
  });
});

Deno.test("withinBudget() waits no longer than the budget lasts", async () => {
  const call = Promise.withResolvers<string>();
  const error = await withBudget(
    1,
    () => assertRejects(() => withinBudget(() => call.promise), WixError),
  );
  assertEquals([error.status, error.code], [504, "WIX_TIMEOUT"]);
  call.reject(new Error("it comes to nothing, later"));
});

Deno.test("withinBudget() spends the time of the call", async () => {
  await withBudget(7_000, async () => {
    await withinBudget(() => {
      const now = performance.now();
      while (performance.now() === now);
      return Promise.resolve();
    });
    assertEquals(currentBudget().left() < 7_000, true);
  });
});

Deno.test("withinBudget() spends nothing any more when the call failed", async () => {
  await withBudget(7_000, async () => {
    await assertRejects(() => withinBudget(() => Promise.reject(new Error())));
    const left = currentBudget().left();
    const now = performance.now();
    while (performance.now() === now);
    assertEquals(currentBudget().left(), left);
  });
});

Deno.test("withinBudget() takes what is there without time, too", async () => {
  const token = await withBudget(
    0,
    () => withinBudget(() => Promise.resolve("token")),
  );
  assertEquals(token, "token");
});
