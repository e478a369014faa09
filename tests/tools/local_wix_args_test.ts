import { assertEquals } from "@std/assert";
import { localWixArgs } from "@/tools/local_wix.ts";

/** The permissions that local Wix gets for `args`. */
function permissions(...args: string[]): string[] {
  return localWixArgs(args).filter((arg) => arg.startsWith("--allow"));
}

Deno.test("local Wix may use the network, and no file that is not named", () => {
  assertEquals(permissions("--port", "1"), ["--allow-net"]);
});

Deno.test("local Wix may read the seed file, and read and write the state file", () => {
  assertEquals(permissions("--seed", "a.json", "--state=b.db"), [
    "--allow-net",
    "--allow-read=a.json,b.db",
    "--allow-write=b.db",
  ]);
  assertEquals(permissions("--seed=a.json"), [
    "--allow-net",
    "--allow-read=a.json",
  ]);
});
