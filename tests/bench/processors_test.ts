import { assertEquals } from "@std/assert";
import { giveFirstProcessor, leaveFirstProcessor } from "@/bench/processors.ts";

const { hardwareConcurrency } = navigator;
const others = hardwareConcurrency === 2 ? "1" : `1-${hardwareConcurrency - 1}`;

for (
  const [place, processors] of [
    [giveFirstProcessor, "0"],
    [leaveFirstProcessor, others],
  ] as const
) {
  Deno.test({
    name: `${place.name}() lets a process run on processor ${processors}`,
    ignore: Deno.build.os !== "linux" || hardwareConcurrency === 1,
    fn: async () => {
      await using process = new Deno.Command("sleep", { args: ["60"] }).spawn();
      await place(process.pid);
      const status = await Deno.readTextFile(`/proc/${process.pid}/status`);
      assertEquals(
        /^Cpus_allowed_list:\s+(.+)$/m.exec(status)?.[1],
        processors,
      );
    },
  });
}
