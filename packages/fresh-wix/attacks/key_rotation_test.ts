import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { WireJar } from "@/tests/helpers/wire.ts";
import { RequestCookieJar } from "../src/http/cookies.ts";
import type { MemberSession } from "../src/session/session.ts";
import { test, tryEach, tryGenerated } from "./helpers/attack.ts";
import { type AttackedApp, startAttacked } from "./helpers/attacked_app.ts";
import {
  bigSession,
  cookiesOf,
  sessionOf,
  storeOf,
} from "./helpers/sealed_cookies.ts";

const [K1 = "", K2 = "", K3 = ""] = ["first", "second", "third"]
  .map((which) => `the ${which} secret of more than thirty letters`);
/** Secrets of the app, from one deployment to the next. */
const DEPLOYMENTS = [[K1], [K2, K1], [K3, K2], [K3]];

test("G10 T14: over three keys no session is lost that came by in time, and none opens after", async () => {
  const now = Math.floor(Date.now() / 1000);
  const session: MemberSession = {
    kind: "member",
    id: "session-of-ann-1",
    tokens: { accessToken: "a", refreshToken: "r", expiresAt: now + 14_400 },
    startedAt: now,
    member: { id: "ann", name: "Ann" },
  };
  const visits = fc.array(fc.nat(3), { minLength: 4, maxLength: 4 });
  const stories = fc.tuple(
    visits,
    fc.constantFrom(session, bigSession(session)),
  );
  await tryGenerated(1_000, stories, async ([visits, session]) => {
    const jar = await cookiesOf(session, { secrets: [K1], secure: true });
    let secret = K1;
    for (const [index, secrets] of DEPLOYMENTS.entries()) {
      const store = storeOf({ secrets, secure: true });
      const isListed = secrets.includes(secret);
      for (let visit = visits[index] ?? 0; visit > 0; visit--) {
        const cookies = new RequestCookieJar(Object.fromEntries(jar));
        const opened = await store.open(cookies, now);
        assertEquals(opened.session, isListed ? session : undefined);
        assertEquals(opened.outdatedKey, isListed && secret !== secrets[0]);
        const change = {
          current: opened.session,
          changed: false,
          loginChanged: false,
        };
        await store.save(cookies, opened, change, now);
        jar.keep({ headers: cookies.outgoing });
        if (!isListed) return;
        secret = secrets[0] ?? "";
        await sessionOf(jar, { secrets: [secret], secure: true });
      }
    }
  });
});

test("G10 T13 T14: a member and a login under way survive one rotation, and no more", async () => {
  await using wix = await startLocalWix({ port: 0, log: () => {} });
  const start = (secrets: readonly string[] = []) =>
    startAttacked({ wix, settings: { SESSION_SECRET: secrets.join() } });
  await using first = await start(DEPLOYMENTS[0]);
  await using second = await start(DEPLOYMENTS[1]);
  await using third = await start(DEPLOYMENTS[2]);

  const jar = await first.member();
  const early = new WireJar(jar);
  const assertMember = async (
    app: AttackedApp,
    jar: WireJar,
    secret: string,
  ) => {
    assertEquals((await app.send({ jar, target: "/" })).status, 200);
    assertEquals((await app.identity(jar)).member?.name, "Ann");
    await sessionOf(jar, { secrets: [secret] });
  };
  await tryEach(
    [
      ["the first", first, K1],
      ["the second", second, K2],
      ["the third", third, K3],
    ] as const,
    ([, app, secret]) => assertMember(app, jar, secret),
  );
  await Promise.all(
    Array.from(
      { length: 20 },
      () => assertMember(second, new WireJar(early), K2),
    ),
  );
  const late = new WireJar(early);
  await third.send({ jar: late, target: "/" });
  assertEquals((await third.identity(late)).kind, "visitor");
  assert(![...late.keys()].some((name) => name.startsWith("wix_session_")));

  for (
    const [app, status, kind] of [[second, 302, "member"], [
      third,
      400,
      "visitor",
    ]] as const
  ) {
    const login = new WireJar();
    const { target } = await first.pending(login);
    assertEquals((await app.send({ jar: login, target })).status, status);
    assertEquals((await app.identity(login)).kind, kind);
  }
});
