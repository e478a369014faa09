import { assert, assertEquals } from "@std/assert";
import { findFreePort } from "@/tools/processes.ts";

const PROCESSES = new URL("../../tools/processes.ts", import.meta.url).href;

Deno.test("findFreePort() skips a port in use on 127.0.0.1 or ::1", () => {
  for (const hostname of ["127.0.0.1", "::1"]) {
    using taken = listenIfPossible(hostname);
    if (taken === undefined) continue;
    const { port } = taken.addr;
    const free = findFreePort(port);
    assert(free > port && free <= port + 20, `${free} after ${port}`);
  }
});

const endings: [code: number, expected: number][] = [[3, 3], [0, 1]];
for (const [code, expected] of endings) {
  Deno.test(`a child that exits with ${code} stops the others, and is named`, async () => {
    const result = await supervise(`Deno.exit(${code})`);
    assertEquals(result, {
      code: expected,
      stderr: "Local Wix has stopped unexpectedly " +
        `(exit code ${code}): stopping everything\n`,
    });
  });
}

/** Supervises a child that never exits and one that runs `script`. */
async function supervise(script: string) {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      "--no-config",
      `import { superviseUntilEnd } from ${JSON.stringify(PROCESSES)};
      const run = (script) => new Deno.Command(Deno.execPath(), {
        args: ["eval", "--no-config", script],
      }).spawn();
      await superviseUntilEnd([
        { name: "The app", process: run("setInterval(() => {}, 1e6)") },
        { name: "Local Wix", process: run(${JSON.stringify(script)}) },
      ]);`,
    ],
  }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

function listenIfPossible(hostname: string): Deno.TcpListener | undefined {
  try {
    return Deno.listen({ hostname, port: 0 });
  } catch {
    // A machine without IPv6.
    return undefined;
  }
}
