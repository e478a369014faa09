import { assertEquals } from "@std/assert";
import { localWixArgs } from "@/tools/local_wix.ts";

/** The permissions of local Wix for `args`. */
function permissions(...args: string[]): string[] {
  return localWixArgs(args).filter((arg) => arg.startsWith("--allow"));
}

Deno.test("local Wix can access the network, but no files", () => {
  assertEquals(permissions("--port", "1"), ["--allow-net"]);
  assertEquals(permissions("--state", "none"), ["--allow-net"]);
});

Deno.test("local Wix can read the seed file, and read and write its other files", () => {
  const args = ["--seed", "a.json", "--state=b.log", "--https=c.pem"];
  assertEquals(permissions(...args), [
    "--allow-net",
    "--allow-read=a.json,c.pem,b.log,b.log.new",
    "--allow-write=c.pem,b.log,b.log.new",
  ]);
  assertEquals(permissions("--seed=a.json"), [
    "--allow-net",
    "--allow-read=a.json",
  ]);
});
