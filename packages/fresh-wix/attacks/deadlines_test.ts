/**
 * Whatever a client makes the server wait for has a deadline.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { localSettings } from "@/tests/helpers/app.ts";
import { nextPort } from "@/tests/helpers/ports.ts";
import { taskCommand } from "@/tests/helpers/tasks.ts";
import { waitUntilReady } from "@/tools/processes.ts";
import { test, tryEach } from "./helpers/attack.ts";
import { appOfFile, type AttackedApp } from "./helpers/attacked_app.ts";
import { memoryOf, slowPost, SlowRequest } from "./helpers/slow_request.ts";

const app = appOfFile();
const FORM = "/account/settings";
const GATEWAY = "/api/wix/members/v1/members/query";
const JSON_BODY = {
  type: "application/json",
  headers: ["X-Wix-Gateway: 1"],
};

test("N9: 150 slow bodies are each responded to within ten seconds, and pages are served meanwhile", async () => {
  const attacked = await app();
  const { origin } = attacked;
  const cookie = `Cookie: ${(await attacked.member()).header()}`;
  const posts: [head: string[], status: number][] = [
    // A visitor's form is read to be kept over the login.
    [slowPost(FORM, { origin }), 303],
    [slowPost(FORM, { origin, headers: [cookie] }), 408],
    [slowPost(GATEWAY, { origin, ...JSON_BODY }), 408],
  ];
  using stack = new DisposableStack();
  const slow = Array.from({ length: 50 }).flatMap(() =>
    posts.map(async ([head, status]) => {
      const request = stack.use(await SlowRequest.open(origin, head));
      return [head[0] ?? "", status, await request.response] as const;
    })
  );
  const stillSlow = Promise.all(slow).then(() => false);
  while (await Promise.race([stillSlow, servesPages(attacked)]));
  await tryEach(await Promise.all(slow), ([, expected, response]) => {
    assertEquals(response.status, expected);
    assert(response.seconds < 10, `after ${response.seconds} s`);
  });
});

test("N9: 150 slow headers delay no page, and cost less than 100 kB each", async () => {
  const attacked = await app();
  await servesPages(attacked);
  const { now: before } = memoryOf(attacked.app);
  using stack = new DisposableStack();
  for (let index = 0; index < 150; index++) {
    const head = ["GET / HTTP/1.1", "Host: a"];
    stack.use(await SlowRequest.open(attacked.origin, head));
  }
  for (let page = 0; page < 50; page++) await servesPages(attacked);
  const grown = memoryOf(attacked.app).now - before;
  assert(grown < 150 * 100_000, `${grown} bytes more`);
});

async function servesPages({ send }: AttackedApp): Promise<true> {
  assertEquals((await send({ target: "/" })).status, 200);
  return true;
}

test("N26: SIGTERM and SIGINT end the server within five seconds, whatever it is sent slowly", async () => {
  const { wix } = await app();
  const signals = [["SIGTERM"], ["SIGINT"]] as const;
  await tryEach(signals, async ([signal]) => {
    const port = nextPort();
    const origin = `http://localhost:${port}`;
    const settings = { ...localSettings(wix.origin), APP_ORIGIN: origin };
    const process = taskCommand(`serve --port ${port}`, settings).spawn();
    process.stdout.cancel();
    process.stderr.cancel();
    await waitUntilReady(`${origin}/healthz`, process);
    using _ = await SlowRequest.open(origin, slowPost(FORM, { origin }));
    using __ = await SlowRequest.open(origin, ["GET / HTTP/1.1", "Host: a"]);
    const askedAt = performance.now();
    process.kill(signal);
    const { code } = await process.status;
    assertEquals(code, 0);
    const seconds = (performance.now() - askedAt) / 1_000;
    assert(seconds < 5, `after ${seconds} s`);
  });
});
