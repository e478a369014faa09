import { assertEquals } from "@std/assert";
import { usageOf } from "@/bench/process_usage.ts";

Deno.test({
  name: "usageOf() tells the memory and the processor time of a process",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const { cpuSeconds, residentMegabytes } = await usageOf(Deno.pid);
    const { rss } = Deno.memoryUsage();
    assertEquals(cpuSeconds > 0, true);
    // What it holds changes between two looks, but not by half.
    assertEquals(Math.round(residentMegabytes * 1e6 / rss), 1);
  },
});

Deno.test("usageOf() knows nothing of a process that is not there", async () => {
  assertEquals(await usageOf(2 ** 30), {
    cpuSeconds: NaN,
    residentMegabytes: NaN,
  });
});
