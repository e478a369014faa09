/**
 * No anonymous request costs more than a small multiple of a page.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { RequestCookieJar } from "../src/http/cookies.ts";
import { newSessionId, type VisitorSession } from "../src/session/session.ts";
import { localSettings, startApp } from "@/tests/helpers/app.ts";
import { test, tryEach } from "./helpers/attack.ts";
import { appOfFile, startAttacked } from "./helpers/attacked_app.ts";
import { storeOf } from "./helpers/sealed_cookies.ts";
import {
  memoryOf,
  resetPeak,
  slowPost,
  SlowRequest,
} from "./helpers/slow_request.ts";

const app = appOfFile();
const MEGABYTE = 1_000_000;
const SECRET = "the secret that seals the cookies of this file";
const TYPE = "Content-Type: application/x-www-form-urlencoded";
const FORMS = ["/account/settings", "/account/privacy", "/account/delete"];
const QUERY = "POST /members/v1/members/query";

test("N7: forms of 201 to 21,000 fields are refused before anything is rendered back", async () => {
  const attacked = await app();
  const member = await attacked.member();
  const page = await attacked.send({ target: "/" });
  const bodies = ["&".repeat(21_000), "a&".repeat(21_000), "a=1&".repeat(200)];
  const cases = FORMS.flatMap((target) =>
    bodies.flatMap((body) => [
      [`${target} ${body.length} visitor`, target, body, 303] as const,
      [`${target} ${body.length} member`, target, body, 413] as const,
    ])
  );
  await tryEach(cases, async ([, target, body, expected]) => {
    const response = await attacked.send({
      ...(expected === 413 && { jar: member }),
      method: "POST",
      target,
      headers: [TYPE, `Origin: ${attacked.origin}`],
      body,
    });
    assertEquals(response.status, expected);
    assert(response.body.length < 2 * page.body.length, "a large page");
  });
});

test("N7b: of 2,300 forged cookies a response expires at most 20", async () => {
  const attacked = await app();
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
    const { headers } = await attacked.send({
      target,
      headers: [`Cookie: ${cookie}`],
    });
    const expired = headers.getSetCookie().filter((line) =>
      line.startsWith(`${prefix}0`)
    );
    assert(expired.length > 0 && expired.length <= 20, `${expired.length}`);
  });
});

test("N18: 300 clients that hang up leave a line each, and no stack", async () => {
  const attacked = await app();
  const { origin } = attacked;
  const cookie = `Cookie: ${(await attacked.member()).header()}`;
  const heads = [
    ["GET /members HTTP/1.1", `Host: ${new URL(origin).host}`, "", ""],
    slowPost("/account/settings", { origin }),
    slowPost("/account/settings", { origin, headers: [cookie] }),
    slowPost("/api/wix/members/v1/members/query", {
      origin,
      type: "application/json",
      headers: ["X-Wix-Gateway: 1"],
    }),
  ];
  const before = attacked.app.output().length;
  const logged = () => attacked.app.output().slice(before).trim();
  const lines = () => logged().split("\n").filter((l) => !/ GET \/ /.test(l));
  for (let index = 0; index < 75; index++) {
    for (const head of heads) {
      using _ = await SlowRequest.open(origin, head);
      // So that the server has begun with it.
      await attacked.send({ target: "/" });
    }
  }
  for (let tries = 0; lines().length < 300 && tries < 500; tries++) {
    await attacked.send({ target: "/" });
  }
  assertEquals(lines().length, 300);
  assert(!/^500 |^\s+at /m.test(logged()), logged());
});

test("U19: 30 endless responses of Wix at once cost less than 100 MB", async () => {
  await using attacked = await startAttacked({ recorded: false });
  const openAll = async (expected: number) => {
    const pages = Array.from({ length: 30 }, (_, page) => [`${page}`] as const);
    await tryEach(pages, async () => {
      const page = await attacked.send({ target: "/members", may: [503] });
      assertEquals(page.status, expected);
    }, { atOnce: 30 });
  };
  await openAll(200);
  const before = memoryOf(attacked.app).now;
  resetPeak(attacked.app);
  attacked.wix.controls.failNext(QUERY, { kind: "huge", times: "always" });
  await openAll(503);
  const grown = memoryOf(attacked.app).peak - before;
  // Each is cut at 2 MiB: 63 MB, and what garbage there is.
  assert(grown < 100 * MEGABYTE, `${grown} bytes more`);
});

test("N6: 10,000 sessions of 8 kB are served in a heap of 48 MB", async () => {
  const { wix } = await app();
  const settings = { ...localSettings(wix.origin), SESSION_SECRET: SECRET };
  await using small = await startApp(settings, {
    // Beyond it V8 ends the process.
    changeArgs: ([command = "", ...args]) => [
      command,
      "--v8-flags=--max-old-space-size=48",
      ...args,
    ],
  });
  const store = storeOf({ secrets: [SECRET] });
  const sessions = Array.from({ length: 10_000 }, (_, i) => [`${i}`] as const);
  const token = "t".repeat(1_000);
  const now = Math.floor(Date.now() / 1_000);
  await tryEach(sessions, async ([index]) => {
    const jar = new RequestCookieJar();
    const current: VisitorSession = {
      kind: "visitor",
      id: newSessionId(),
      startedAt: now,
      tokens: {
        accessToken: `${token}${index}`,
        refreshToken: token,
        expiresAt: now + 9_999,
      },
    };
    const change = { current, changed: true, loginChanged: false };
    await store.save(jar, await store.open(jar, now), change, now);
    const cookie = jar.outgoing.getSetCookie()[0]?.split(";")[0] ?? "";
    const response = await fetch(small.origin, { headers: { cookie } });
    await response.body?.cancel();
    assertEquals(response.status, 200);
  }, { atOnce: 16 });
});
