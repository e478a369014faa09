import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { WireJar } from "@/tests/helpers/wire.ts";
import { test, tryGenerated } from "./helpers/attack.ts";
import { type AttackedApp, startAttacked } from "./helpers/attacked_app.ts";
import { bigSession, cookiesOf, sessionOf } from "./helpers/sealed_cookies.ts";

const [K1 = "", K2 = "", K3 = ""] = ["first", "second", "third"]
  .map((which) => `the ${which} secret of more than thirty letters`);
/** Secrets of the app, from one deployment to the next. */
const DEPLOYMENTS = [[K1], [K2, K1], [K3, K2], [K3]];

test("G10 T13 T14: over three keys, members stay logged in if they visit while theirs is listed", async () => {
  await using stack = new AsyncDisposableStack();
  const wix = stack.use(await startLocalWix({ port: 0, log: () => {} }));
  const apps: AttackedApp[] = [];
  for (const secrets of DEPLOYMENTS) {
    const settings = { SESSION_SECRET: secrets.join() };
    apps.push(stack.use(await startAttacked({ wix, settings })));
  }
  const [first, second, third] = apps;
  assert(first && second && third);
  const member = await first.member();
  const big = bigSession(await sessionOf(member, { secrets: [K1] }));
  const cookies = [member, await cookiesOf(big, { secrets: [K1] })];

  // How many requests come at once while each deployment runs.
  const visits = fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2));
  const stories = fc.tuple(fc.constantFrom(...cookies), visits);
  await tryGenerated(300, stories, async ([cookies, visits]) => {
    const jar = new WireJar(cookies);
    let secret = K1;
    for (const [index, [current = "", ...older]] of DEPLOYMENTS.entries()) {
      const attacked = apps[index];
      const count = visits[index] ?? 0;
      if (attacked === undefined || count === 0) continue;
      const isListed = [current, ...older].includes(secret);
      const visit = () => attacked.send({ jar, target: "/" });
      await Promise.all(Array.from({ length: count }, visit));
      const { kind } = await attacked.identity(jar);
      assertEquals(kind, isListed ? "member" : "visitor");
      if (!isListed) return;
      await sessionOf(jar, { secrets: [current] });
      secret = current;
    }
  });

  const outcomes = [[second, 302, "member"], [third, 400, "visitor"]] as const;
  for (const [attacked, status, kind] of outcomes) {
    const jar = new WireJar();
    const { target } = await first.pending(jar);
    assertEquals((await attacked.send({ jar, target })).status, status);
    assertEquals((await attacked.identity(jar)).kind, kind);
  }
});
