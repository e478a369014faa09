import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { taskCommand } from "../helpers/tasks.ts";

Deno.test("start serves the app with local Wix, and ends everything on Ctrl-C", async () => {
  await using started = await start();
  const { said, origins } = started;
  assertStringIncludes(said, "ann@demo.example");
  assertEquals(origins.length, 2, said);
  for (const origin of origins) await (await fetch(origin)).body?.cancel();

  assertEquals(await started.end(), 0);
  for (const origin of origins) {
    assert(await isClosed(origin), `${origin} still answers`);
  }
});

Deno.test("start takes the next port when its own is taken", async () => {
  using _taken = listenOrUndefined(8000);
  await using started = await start();
  const { origins } = started;
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
  let ended = false;
  process.status.then(() => ended = true);
  let said = "";
  const reader = process.stdout.pipeThrough(new TextDecoderStream())
    .getReader();
  while (!said.includes("Press Ctrl-C to stop")) {
    const { value, done } = await reader.read();
    assert(!done, `it ended:\n${said}`);
    said += value;
  }
  drain(reader);
  process.stderr.cancel();
  const origins = [...said.matchAll(/http:\/\/localhost:\d+/g)].map(([o]) => o);
  const end = async () => {
    // Once it has ended, there is nobody to tell.
    if (!ended) process.kill("SIGINT");
    return (await process.status).code;
  };
  return {
    said,
    origins,
    end,
    [Symbol.asyncDispose]: async () => void await end(),
  };
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
