import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { createCookieJar } from "../src/http/cookies.ts";
import { MEMBER, NOW } from "../tests/helpers/sessions.ts";
import { tryEach, tryGenerated } from "./helpers/attack.ts";
import { type AttackRequest, testsOfApp } from "./helpers/attacked_app.ts";
import { setCookies, storeOf } from "./helpers/sealed_cookies.ts";
import { WireJar } from "@/tests/helpers/wire.ts";

/** RFC 6265bis §5.6: name, value and attributes. */
const MAX_COOKIE_BYTES = 4_096;
/** What servers and proxies commonly take of one header. */
const MAX_HEADER_BYTES = 8_192;
/** Too large for cookies. */
const HUGE = {
  kind: "fields",
  fields: { refresh_token: "JWS.".padEnd(16_000, "x") },
} as const;

const test = testsOfApp();

test("G11 U17: sessions with tokens of any length fit into cookies, or are refused entirely", async () => {
  const store = storeOf();
  const length = fc.integer({ min: 1, max: 11_000 });
  const lengths = fc.tuple(length, length);
  await tryGenerated(2_000, lengths, async ([access, refresh]) => {
    const [accessToken, refreshToken] = [
      "a".repeat(access),
      "r".repeat(refresh),
    ];
    const tokens = { ...MEMBER.tokens, accessToken, refreshToken };
    const member = { id: crypto.randomUUID(), name: "\u4e2d".repeat(100) };
    const session = { ...MEMBER, tokens, member };
    const headers = await setCookies(session, { store, now: NOW })
      .catch((error) => {
        assert(error instanceof RangeError, `threw ${error}`);
        assert(access + refresh > 10_000, "refused, though it would fit");
      });
    if (headers === undefined) return;
    assertFits(headers);
    const kept = new WireJar();
    kept.keep({ headers });
    const received = createCookieJar(Object.fromEntries(kept));
    assertEquals((await store.open(received, NOW)).session, session);
  });
});

test("G11 C12: twenty abandoned logins leave a member's Cookie header under 8 KB", async (attacked) => {
  const returnUrls = [
    "/account/orders",
    `/?q=${"a".repeat(496)}`,
    // The longest that is kept, and one that is not.
    ...[`/${"a".repeat(1_023)}`, `/${"a".repeat(2_047)}`],
    ...["?q=", "#"].map((part) => `/${part}${"\u4e2d".repeat(2_000)}`),
    `/?q=${"a ".repeat(400)}`,
  ];
  await tryEach(returnUrls, async (returnToUrl) => {
    const jar = await attacked.member();
    const query = new URLSearchParams({ returnToUrl }).toString();
    for (let count = 0; count < 20; count++) {
      const target = `/api/auth/login?${query}`;
      const { status, headers } = await attacked.send({ jar, target });
      assertEquals(status, 302);
      assertFits(headers);
    }
    const names = [...jar.keys()];
    const logins = names.filter((name) => name.startsWith("wix_login."));
    assert(logins.length <= 5, `${logins.length} transactions`);
    // A visitor's first response that was under way when the member logged in.
    jar.keep(await attacked.send({ target: "/test/members" }));
    assert(jar.has("wix_visitor"), "no visitor's cookie beside the member's");
    const bytes = jar.header().length;
    assert(bytes < MAX_HEADER_BYTES, `a Cookie header of ${bytes} bytes`);
    assertEquals((await attacked.identity(jar)).kind, "member");

    const login = new WireJar();
    const { target } = await attacked.pending(login, { query });
    const { status } = await attacked.send({ jar: login, target });
    assertEquals(status, 302);
  });
});

test("G11 U17: tokens too large for cookies at login, refresh and mint change no session", async (attacked) => {
  const { controls } = attacked.wix;
  const send = async (request: AttackRequest) => {
    const may = [500, 502, 503];
    const { status, headers, body } = await attacked.send({ ...request, may });
    assertFits(headers);
    assert(status === 200 || /Reference:\s*<code>/.test(body), `${status}`);
    return status;
  };

  const login = new WireJar();
  const { target } = await attacked.pending(login);
  controls.failNext("authorization_code", HUGE);
  assert(await send({ jar: login, target }) >= 400, "a login went through");
  assertEquals((await attacked.identity(login)).kind, "visitor");

  const member = await attacked.member();
  const before = member.header();
  controls.expireAccessTokens();
  controls.failNext("refresh_token", HUGE);
  await send({ jar: member, target: "/account" });
  assertEquals(member.header(), before);
  assertEquals((await attacked.identity(member)).kind, "member");

  const visitor = new WireJar();
  controls.failNext("anonymous", HUGE);
  await send({ jar: visitor, target: "/test/members" });
  assertEquals(visitor.size, 0);
});

function assertFits(headers: Headers): void {
  for (const { length } of headers.getSetCookie()) {
    assert(length <= MAX_COOKIE_BYTES, `a cookie of ${length} bytes`);
  }
}
