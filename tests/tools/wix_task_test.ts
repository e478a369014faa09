import { assertEquals, assertRejects } from "@std/assert";

Deno.test({
  name: "deno task wix stops its server on a termination signal",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using task = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-config", "-A", "tools/tasks.ts"],
        ...["wix", "--port", "0", "--quiet"],
      ],
      stdout: "piped",
    }).spawn();
    const output = task.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const { value = "" } = await output.read();
    const origin = /http:\S+/.exec(value)?.[0] ?? "";
    await (await fetch(origin)).body?.cancel();
    task.kill("SIGTERM");
    assertEquals((await task.status).code, 0);
    // The server held the other end of the pipe.
    assertEquals(await output.read(), { done: true, value: undefined });
    await assertRejects(() => fetch(origin));
  },
});
