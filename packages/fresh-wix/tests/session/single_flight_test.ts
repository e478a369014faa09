import { assertEquals, assertRejects } from "@std/assert";
import { singleFlight } from "../../src/session/single_flight.ts";

function counted() {
  const calls = { count: 0 };
  const call = () => Promise.resolve(++calls.count);
  return { calls, call };
}

Deno.test("singleFlight() runs once for everyone who asks at the same time", async () => {
  const { calls, call } = counted();
  const once = singleFlight<number>({ keepMs: 0, maxKept: 10 });
  const results = await Promise.all(
    Array.from({ length: 200 }, () => once("key", call)),
  );
  assertEquals(new Set(results), new Set([1]));
  assertEquals(calls.count, 1);
});

Deno.test("singleFlight() keeps keys apart", async () => {
  const { call } = counted();
  const once = singleFlight<number>({ keepMs: 0, maxKept: 10 });
  assertEquals(await Promise.all([once("a", call), once("b", call)]), [1, 2]);
});

Deno.test("singleFlight() gives a result again while it is kept", async () => {
  const { call } = counted();
  let time = 0;
  const once = singleFlight<number>({
    keepMs: 100,
    maxKept: 10,
    now: () => time,
  });
  assertEquals(await once("key", call), 1);
  time = 99;
  assertEquals(await once("key", call), 1);
  time = 100;
  assertEquals(await once("key", call), 2);
});

Deno.test("singleFlight() forgets a failure", async () => {
  const once = singleFlight<string>({ keepMs: 100, maxKept: 10 });
  const failing = () => Promise.reject(new Error("no"));
  await assertRejects(() => once("key", failing), Error, "no");
  assertEquals(await once("key", () => Promise.resolve("yes")), "yes");
});

Deno.test("singleFlight() keeps a failure that is final", async () => {
  const { calls, call } = counted();
  const once = singleFlight<number>({
    keepMs: 100,
    maxKept: 10,
    isFinal: (error) => error instanceof RangeError,
  });
  const failing = () => Promise.reject(new RangeError("never"));
  await assertRejects(() => once("key", failing), RangeError);
  await assertRejects(() => once("key", call), RangeError);
  assertEquals(calls.count, 0);
});

Deno.test("singleFlight() runs once however many others are under way", async () => {
  const { calls, call } = counted();
  const once = singleFlight<number>({ keepMs: 0, maxKept: 2 });
  const waiting = Promise.withResolvers<number>();
  const first = once("a", () => waiting.promise.then(call));
  for (const key of ["b", "c", "d"]) once(key, () => waiting.promise);
  const second = once("a", call);
  waiting.resolve(0);
  assertEquals(await Promise.all([first, second]), [1, 1]);
  assertEquals(calls.count, 1);
});

Deno.test("singleFlight() keeps no more than it may", async () => {
  const { call } = counted();
  const once = singleFlight<number>({ keepMs: 1_000, maxKept: 2 });
  for (const key of ["a", "b", "c"]) await once(key, call);
  assertEquals(await once("c", call), 3);
  assertEquals(await once("a", call), 4);
});
