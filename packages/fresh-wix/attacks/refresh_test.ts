import { assert, assertEquals } from "@std/assert";
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { test, tryEach } from "./helpers/attack.ts";
import { type AttackedApp, startAttacked } from "./helpers/attacked_app.ts";

const REQUESTS = 200;
/** What they all request. */
const target = "/api/orders";

for (const [row, processes] of [["I1", 1], ["I2", 8]] as const) {
  test(`G3 ${row}: ${REQUESTS} requests with one expired session make at most ${processes} refreshes in ${processes} processes`, async () => {
    await using storm = await startStorm(processes);
    const { apps, jar, refreshes } = storm;
    const before = refreshes();
    await Promise.all(Array.from({ length: REQUESTS }, async (_, index) => {
      const response = await apps[index % processes]?.send({ jar, target });
      assertEquals(response?.status, 200);
    }));
    const made = refreshes() - before;
    assert(made >= 1 && made <= processes, `${made} refreshes`);
    for (const app of apps) {
      assertEquals((await app.send({ jar, target })).status, 200);
    }
  });
}

test("G3 I2: a process killed during a refresh ends no session", async () => {
  await tryEach(["5", "60", "110", "170"], async (at) => {
    await using storm = await startStorm(2);
    const { apps: [survivor, victim], jar, refreshes } = storm;
    const before = refreshes();
    assert(survivor && victim);
    await Promise.all(Array.from({ length: REQUESTS }, async (_, index) => {
      if (index === Number(at)) victim.app.kill();
      if (index % 2 === 0) await survivor.send({ jar, target });
      else await victim.send({ jar, target }).catch(() => {});
    }));
    assert(refreshes() > before, "no refresh");
    assertEquals((await survivor.send({ jar, target })).status, 200);
  });
});

/** Starts processes, and a member whose access token has expired. */
async function startStorm(processes: number) {
  await using stack = new AsyncDisposableStack();
  const wix = stack.use(await startLocalWix({ port: 0, log: () => {} }));
  const start = () => startAttacked({ wix, recorded: false });
  const apps = await Promise.all(Array.from({ length: processes }, start));
  apps.forEach((app) => stack.use(app));
  const [first] = apps as [AttackedApp];
  wix.controls.accessTokenSeconds = 1;
  // Cookies belong to the host, not the port: one jar for all processes.
  const jar = await first.member();
  wix.controls.accessTokenSeconds = 14_400;
  const started = stack.move();
  return {
    apps,
    jar,
    refreshes: () => wix.controls.counters.grants.refresh_token ?? 0,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
