import { assertEquals } from "@std/assert";
import { localWixArgs } from "@/tools/local_wix.ts";

/** The permissions of local Wix for `args`. */
function permissions(...args: string[]): string[] {
  return localWixArgs(args).filter((arg) => arg.startsWith("--allow"));
}

Deno.test("local Wix can access the network, but no files", () => {
  assertEquals(permissions("--port", "1"), ["--allow-net"]);
});

Deno.test("local Wix can read the seed file, and read and write the state file", () => {
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
