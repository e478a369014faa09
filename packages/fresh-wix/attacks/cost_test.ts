import { assert, assertEquals } from "@std/assert";
import { newSessionId } from "../src/session/session.ts";
import { VISITOR } from "../tests/helpers/sessions.ts";
import { localSettings, startApp } from "@/tests/helpers/app.ts";
import { tryEach } from "./helpers/attack.ts";
import { startAttacked, testsOfApp } from "./helpers/attacked_app.ts";
import { cookiesOf, SECRETS, storeOf } from "./helpers/sealed_cookies.ts";
import * as slow from "./helpers/slow_request.ts";

const test = testsOfApp();
const FORMS = ["/account/settings", "/account/privacy", "/account/delete"];
const QUERY = "POST /members/v1/members/query";

test("N7: forms of 201 to 21,000 fields are refused before anything is rendered back", async (attacked) => {
  const member = await attacked.member();
  const page = await attacked.send({ target: "/no-such-page" });
  const bodies = ["&".repeat(21_000), "a&".repeat(21_000), "a=1&".repeat(200)];
  const headers = [slow.FORM, `Origin: ${attacked.origin}`];
  await tryEach(FORMS, async (target) => {
    for (const body of bodies) {
      const post = { method: "POST", target, headers, body };
      const visitors = await attacked.send(post);
      const members = await attacked.send({ ...post, jar: member });
      assertEquals([visitors.status, members.status], [303, 413]);
      assert(members.body.length < 2 * page.body.length, "a large page");
    }
  });
});

test("N7b: of 2,300 forged cookies a response expires at most 20", async (attacked) => {
  const cases = [
    ["login", "/api/auth/login", "wix_login.", 12],
    ["session", "/", "wix_session_", 16],
  ] as const;
  await tryEach(cases, async ([, target, prefix, length]) => {
    // Servers cap the Cookie header at 64 kB.
    const names = Array.from(
      { length: Math.floor(60_000 / (prefix.length + length + 4)) },
      (_, index) => prefix + String(index).padStart(length, "0"),
    );
    const cookie = names.map((name) => `${name}=x`).join("; ");
    const request = { target, headers: [`Cookie: ${cookie}`] };
    const { headers } = await attacked.send(request);
    const { length: expired } = headers.getSetCookie()
      .filter((line) => line.startsWith(`${prefix}0`));
    assert(expired > 0 && expired <= 20, `${expired} expired`);
  });
});

test("N18: 300 clients that disconnect log one line each, without a stack", async (attacked) => {
  const { origin } = attacked;
  const cookie = `Cookie: ${(await attacked.member()).header()}`;
  const heads = [
    ["GET /test/members HTTP/1.1", `Host: ${new URL(origin).host}`, "", ""],
    slow.post("/account/settings", origin, slow.FORM),
    slow.post("/account/settings", origin, slow.FORM, cookie),
    slow.post("/api/wix/members/v1/members/query", origin, ...slow.GATEWAY),
  ];
  const before = attacked.app.output().length;
  const logged = () => attacked.app.output().slice(before).trim();
  // Besides them Deno warns once per process how `request.signal` will change.
  const others = /GET \/api\/session |^Deno\.serve: /;
  const lines = () => logged().split("\n").filter((line) => !others.test(line));
  for (let index = 0; index < 75; index++) {
    for (const head of heads) {
      using _ = await slow.send(origin, head);
      // So that the server has begun with it.
      await attacked.send({ target: "/api/session" });
    }
  }
  for (let tries = 0; lines().length < 300 && tries < 500; tries++) {
    await attacked.send({ target: "/api/session" });
  }
  assertEquals(lines().length, 300);
  assert(!/^500 |^\s+at /m.test(logged()), logged());
});

test("U19: 30 parallel endless responses from Wix cost less than 60 MB", async () => {
  await using attacked = await startAttacked({ recorded: false });
  const openAll = (expected: number, count = 30) =>
    tryEach(Array(count).fill("/test/members"), async (target) => {
      const { status } = await attacked.send({ target, may: [503] });
      assertEquals(status, expected);
    }, { atOnce: count });
  await openAll(200);
  attacked.wix.controls.failNext(QUERY, { kind: "huge", times: "always" });
  await openAll(503, 1);
  const before = slow.readMemory(attacked.app).now;
  slow.resetPeak(attacked.app);
  await openAll(503);
  const grown = slow.readMemory(attacked.app).peak - before;
  // Each is cut at 1 MiB: 31 MB, and the buffers of 30 connections.
  assert(grown < 60_000_000, `${grown} bytes more`);
});

test(
  "N6: 6,000 sessions of 8 kB are served in a heap of 32 MB",
  async ({ wix }) => {
    const secret = { SESSION_SECRET: SECRETS.join() };
    const settings = { ...localSettings(wix.origin), ...secret };
    // Beyond it V8 ends the process.
    const heap = "--v8-flags=--max-old-space-size=32";
    await using small = await startApp(settings, {
      changeArgs: ([command = "", ...args]) => [command, heap, ...args],
    });
    const url = `${small.origin}/api/session`;
    const store = storeOf();
    const sessions = Array.from({ length: 6_000 }, (_, index) => `${index}`);
    const token = "t".repeat(1_000);
    const now = Math.floor(Date.now() / 1_000);
    await tryEach(sessions, async (index) => {
      const accessToken = `${token}${index}`;
      const tokens = {
        accessToken,
        refreshToken: token,
        expiresAt: now + 9_999,
      };
      const session = {
        ...VISITOR,
        id: newSessionId(),
        startedAt: now,
        tokens,
      };
      const cookie = (await cookiesOf(session, { store })).header();
      const response = await fetch(url, { headers: { cookie } });
      await response.body?.cancel();
      assertEquals(response.status, 200);
    }, { atOnce: 16 });
  },
  { denoOnly: "the limit of the heap is a flag of Deno" },
);
