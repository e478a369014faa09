import { assertEquals } from "@std/assert";
import { limitTime, type TimeLimit } from "../../src/wix/time_limit.ts";

/** Long after everything here. */
const LATER_MS = 5_000;

function aborted({ signal }: TimeLimit): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

Deno.test("a call is aborted when its time is over", async () => {
  const limit = limitTime(1);
  assertEquals(limit.signal.aborted, false);
  await aborted(limit);
});

Deno.test("a call that ends sooner does not wait for one that began before", async () => {
  const long = limitTime(LATER_MS);
  const short = limitTime(1);
  await aborted(short);
  assertEquals(long.signal.aborted, false);
  long.clear();
});

Deno.test("the end of one call leaves the next one its time", async () => {
  const first = limitTime(1);
  const second = limitTime(5);
  const third = limitTime(LATER_MS);
  await aborted(first);
  await aborted(second);
  assertEquals(third.signal.aborted, false);
  third.clear();
});

Deno.test("a call that is over is not aborted, and leaves no timer", async () => {
  const over = limitTime(1);
  const other = limitTime(2);
  over.clear();
  await aborted(other);
  assertEquals(over.signal.aborted, false);
});
