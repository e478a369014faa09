import { assertEquals, assertRejects } from "@std/assert";
import {
  currentContext,
  runWithSession,
} from "../../src/wix/request_context.ts";
import { createShared } from "../../src/wix/shared_data.ts";
import { MEMBER, requestWith } from "../helpers/sessions.ts";

const TOKENS = {
  accessToken: () => Promise.resolve("shared"),
  refresh: () => Promise.resolve("shared"),
};

/** A value that is loaded by hand, at a time that is moved by hand. */
function shared() {
  const clock = { now: 1_000 };
  const loads: PromiseWithResolvers<string>[] = [];
  const share = createShared(TOKENS, () => clock.now);
  const get = share(() => {
    const load = Promise.withResolvers<string>();
    loads.push(load);
    return load.promise;
  }, { freshMs: 60, staleMs: 600 });
  const loaded = async (value: string) => {
    const result = get();
    loads.at(-1)?.resolve(value);
    return await result;
  };
  return { clock, loads, get, loaded, share };
}

/** Lets what has been loaded arrive. */
const nextTurn = () => new Promise((resolve) => setTimeout(resolve));

Deno.test("a value is loaded once for parallel callers, and while it is fresh", async () => {
  const { clock, loads, get } = shared();
  const waiting = [get(), get(), get()];
  loads[0]?.resolve("a");
  assertEquals(await Promise.all(waiting), ["a", "a", "a"]);
  clock.now += 60;
  assertEquals([await get(), loads.length], ["a", 1]);
});

Deno.test("a stale value is returned while it is loaded once, one that is too old is not", async () => {
  const { clock, loads, get, loaded } = shared();
  await loaded("a");
  clock.now += 61;
  assertEquals([await get(), await get(), loads.length], ["a", "a", 2]);
  loads[1]?.resolve("b");
  await nextTurn();
  assertEquals([await get(), loads.length], ["b", 2]);
  // Too old to be returned.
  clock.now += 660;
  assertEquals(await loaded("c"), "c");
});

Deno.test("within() reloads a value that is older than the caller accepts", async () => {
  const { clock, loads, get, loaded, share } = shared();
  await loaded("a");
  clock.now += 10;
  assertEquals(await share.within(10, get), "a");
  clock.now += 1;
  const young = share.within(10, get);
  loads[1]?.resolve("b");
  assertEquals([await young, await get(), loads.length], ["b", "b", 2]);
});

Deno.test("clear() discards values, and loads in progress", async () => {
  const { loads, get, loaded, share } = shared();
  await loaded("a");
  share.clear();
  const old = get();
  share.clear();
  const next = get();
  loads[1]?.resolve("b");
  loads[2]?.resolve("c");
  assertEquals([await old, await next, await get()], ["b", "c", "c"]);
});

Deno.test("a failed load keeps the stale value, and is retried", async () => {
  const { clock, get, loads, loaded } = shared();
  // The first is thrown, and forgotten.
  const failing = get();
  loads.pop()?.reject(new Error("down"));
  await assertRejects(() => failing, Error, "down");
  await loaded("a");
  clock.now += 61;
  await get();
  loads[1]?.reject(new Error("down"));
  await nextTurn();
  assertEquals([await get(), loads.length], ["a", 3]);
  loads[2]?.resolve("b");
});

Deno.test("values are cached by arguments, the most recently read", async () => {
  const loads: string[] = [];
  const read = createShared(TOKENS)((key: string, page?: number) => {
    loads.push(`${key}${page ?? ""}`);
    return Promise.resolve(key === "none" ? undefined : key);
  }, { freshMs: 60, staleMs: 600, max: 2 });
  await Promise.all([read("a"), read("a"), read("none"), read("none")]);
  assertEquals(loads, ["a", "none"]);
  await read("a");
  await read("a", 2);
  assertEquals(await read("a"), "a");
  assertEquals(await read("none"), undefined);
  assertEquals(loads, ["a", "none", "a2", "none"], "the oldest went first");
});

Deno.test("a value is loaded as the shared visitor, with its own timeout", async () => {
  const get = createShared(TOKENS)(async () => {
    const { session, timeLeft } = currentContext() ?? {};
    return [session?.kind, await session?.accessToken(), timeLeft];
  }, { freshMs: 60, staleMs: 600 });
  const seen = await runWithSession(requestWith(MEMBER).session, async () => {
    Object.defineProperty(currentContext() ?? {}, "timeLeft", { value: 1 });
    return await get();
  });
  assertEquals(seen, ["visitor", "shared", 7_000]);
});
