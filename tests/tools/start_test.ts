import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { taskCommand } from "../helpers/tasks.ts";

Deno.test("start serves the app with local Wix, and ends everything on Ctrl-C", async () => {
  const { process, said, origins } = await start();
  assertStringIncludes(said, "ann@demo.example");
  assertEquals(origins.length, 2, said);
  for (const origin of origins) await (await fetch(origin)).body?.cancel();

  process.kill("SIGINT");
  assertEquals((await process.status).code, 0);
  for (const origin of origins) {
    assert(await isClosed(origin), `${origin} still answers`);
  }
});

Deno.test("start takes the next port when its own is taken", async () => {
  const taken = listenOrUndefined(8000);
  const { process, origins } = await start();
  process.kill("SIGINT");
  await process.status;
  taken?.close();
  assertMatch(origins[0] ?? "", /^http:\/\/localhost:80(0[1-9]|1\d|20)$/);
});

Deno.test("start says every wrong setting at once and starts nothing", async () => {
  const { code, stderr } = await taskCommand("start", {
    WIX_CLIENT_ID: "not-a-guid",
    WIX_CLIENT_INSTANCE_ID: "zero",
  }).output();
  assertEquals(code, 1);
  const said = new TextDecoder().decode(stderr);
  assertStringIncludes(said, "Cannot start: 3 settings are missing or wrong");
  for (
    const name of ["WIX_CLIENT_ID", "WIX_CLIENT_INSTANCE_ID", "SESSION_SECRET"]
  ) {
    assertStringIncludes(said, `  - ${name} is not`);
  }
  assertEquals(said.includes("    at "), false, "a stack trace helps nobody");
});

/** Starts the task and reads until it says how to end it. */
async function start() {
  const process = taskCommand("start").spawn();
  let said = "";
  const reader = process.stdout.pipeThrough(new TextDecoderStream())
    .getReader();
  while (!said.includes("Ctrl-C ends everything")) {
    const { value, done } = await reader.read();
    assert(!done, `it ended:\n${said}`);
    said += value;
  }
  drain(reader);
  process.stderr.cancel();
  const origins = [...said.matchAll(/http:\/\/localhost:\d+/g)].map(([o]) => o);
  return { process, said, origins };
}

async function drain(reader: ReadableStreamDefaultReader<string>) {
  while (!(await reader.read()).done);
}

function listenOrUndefined(port: number): Deno.Listener | undefined {
  try {
    return Deno.listen({ hostname: "127.0.0.1", port });
  } catch {
    return undefined;
  }
}

async function isClosed(origin: string): Promise<boolean> {
  try {
    await (await fetch(origin)).body?.cancel();
    return false;
  } catch {
    return true;
  }
}
