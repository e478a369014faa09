import { assertEquals, assertRejects } from "@std/assert";
import { staleWhileRevalidate } from "../../src/wix/stale_while_revalidate.ts";

/** A value that is loaded by hand, at a time that is moved by hand. */
function shared() {
  const clock = { now: 0 };
  const loads: PromiseWithResolvers<string>[] = [];
  const get = staleWhileRevalidate(() => {
    const load = Promise.withResolvers<string>();
    loads.push(load);
    return load.promise;
  }, { freshMs: 60, staleMs: 600, now: () => clock.now });
  const loaded = async (value: string) => {
    const result = get();
    loads.at(-1)?.resolve(value);
    return await result;
  };
  return { clock, loads, get, loaded };
}

Deno.test("a value is loaded once for all who come before it is there", async () => {
  const { loads, get } = shared();
  const waiting = [get(), get(), get()];
  loads[0]?.resolve("a");
  assertEquals(await Promise.all(waiting), ["a", "a", "a"]);
  assertEquals(loads.length, 1);
});

Deno.test("a fresh value is given out as it is", async () => {
  const { clock, loads, get, loaded } = shared();
  await loaded("a");
  clock.now = 59;
  assertEquals(await get(), "a");
  assertEquals(loads.length, 1);
});

Deno.test("a stale value is given out while it is renewed once", async () => {
  const { clock, loads, get, loaded } = shared();
  await loaded("a");
  clock.now = 60;
  assertEquals([await get(), await get()], ["a", "a"]);
  assertEquals(loads.length, 2);
  loads[1]?.resolve("b");
  await loads[1]?.promise;
  assertEquals(await get(), "b");
  assertEquals(loads.length, 2);
});

Deno.test("a value that is too old is given to nobody", async () => {
  const { clock, get, loads, loaded } = shared();
  await loaded("a");
  clock.now = 660;
  const answer = get();
  loads[1]?.resolve("b");
  assertEquals(await answer, "b");
});

Deno.test("a renewal that fails leaves the stale value, and is tried again", async () => {
  const { clock, get, loads, loaded } = shared();
  await loaded("a");
  clock.now = 60;
  await get();
  loads[1]?.reject(new Error("down"));
  await loads[1]?.promise.catch(() => {});
  await Promise.resolve();
  assertEquals(await get(), "a");
  assertEquals(loads.length, 3);
  loads[2]?.resolve("b");
});

Deno.test("a first load that fails is told, and forgotten", async () => {
  const { get, loads, loaded } = shared();
  const failing = get();
  loads[0]?.reject(new Error("down"));
  await assertRejects(() => failing, Error, "down");
  assertEquals(await loaded("a"), "a");
});
