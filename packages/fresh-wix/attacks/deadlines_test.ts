import { assert, assertEquals } from "@std/assert";
import { localSettings } from "@/tests/helpers/app.ts";
import { nextPort } from "@/tests/helpers/ports.ts";
import { taskCommand } from "@/tests/helpers/tasks.ts";
import { waitUntilReady } from "@/tools/processes.ts";
import { tryEach } from "./helpers/attack.ts";
import { type AttackedApp, testsOfApp } from "./helpers/attacked_app.ts";
import * as slow from "./helpers/slow_request.ts";

const test = testsOfApp();
const FORM = "/account/settings";
const GATEWAY = "/api/wix/members/v1/members/query";

test("N9: 150 slow bodies are each responded to within ten seconds, and pages are served meanwhile", async (attacked) => {
  const { origin } = attacked;
  const cookie = `Cookie: ${(await attacked.member()).header()}`;
  const posts: [head: string[], status: number][] = [
    // A visitor's form is read to be kept over the login.
    [slow.post(FORM, origin, slow.FORM), 303],
    [slow.post(FORM, origin, slow.FORM, cookie), 408],
    [slow.post(GATEWAY, origin, ...slow.GATEWAY), 408],
  ];
  using stack = new DisposableStack();
  const requests = Array.from({ length: 50 }).flatMap(() =>
    posts.map(async ([head, status]) => {
      const request = stack.use(await slow.send(origin, head));
      return [head[0] ?? "", status, await request.response] as const;
    })
  );
  const stillSlow = Promise.all(requests).then(() => false);
  while (await Promise.race([stillSlow, servesPages(attacked)]));
  await tryEach(await Promise.all(requests), ([, expected, response]) => {
    assertEquals(response.status, expected);
    assert(response.seconds < 10, `after ${response.seconds} s`);
  });
});

test("N9: 150 slow headers delay no page, and cost less than 100 kB each", async (attacked) => {
  await servesPages(attacked);
  const { now: before } = slow.readMemory(attacked.app);
  using stack = new DisposableStack();
  for (let index = 0; index < 150; index++) {
    const head = ["GET / HTTP/1.1", "Host: a"];
    stack.use(await slow.send(attacked.origin, head));
  }
  for (let page = 0; page < 50; page++) await servesPages(attacked);
  const grown = slow.readMemory(attacked.app).now - before;
  assert(grown < 150 * 100_000, `${grown} bytes more`);
});

async function servesPages({ send }: AttackedApp): Promise<true> {
  assertEquals((await send({ target: "/" })).status, 200);
  return true;
}

test(
  "N26: SIGTERM and SIGINT end the server within five seconds, even with slow requests",
  async ({ wix }) => {
    await tryEach(["SIGTERM", "SIGINT"] as const, async (signal) => {
      const port = nextPort();
      const origin = `http://localhost:${port}`;
      const settings = { ...localSettings(wix.origin), APP_ORIGIN: origin };
      const process = taskCommand(`serve --port ${port}`, settings).spawn();
      process.stdout.cancel();
      process.stderr.cancel();
      await waitUntilReady(`${origin}/healthz`, process);
      using _ = await slow.send(origin, slow.post(FORM, origin, slow.FORM));
      using __ = await slow.send(origin, ["GET / HTTP/1.1", "Host: a"]);
      const askedAt = performance.now();
      process.kill(signal);
      const { code } = await process.status;
      assertEquals(code, 0);
      const seconds = (performance.now() - askedAt) / 1_000;
      assert(seconds < 5, `after ${seconds} s`);
    });
  },
  { denoOnly: "`deno task serve` is stopped" },
);
