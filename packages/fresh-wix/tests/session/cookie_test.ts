import { assertEquals, assertExists } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import type { CookieJar } from "../../src/http/cookies.ts";
import { createSessionCookie } from "../../src/session/cookie.ts";
import { createSeal } from "../../src/session/seal.ts";
import {
  IDLE_LIFETIME_SECONDS,
  type Session,
} from "../../src/session/session.ts";
import {
  COOKIE_OPTIONS,
  MEMBER,
  NOW,
  VISITOR,
} from "@/tests/helpers/sessions.ts";

const NAME = "__Host-wix_session";
const cookie = createSessionCookie("member", COOKIE_OPTIONS);
const visitorCookie = createSessionCookie("visitor", COOKIE_OPTIONS);
const NOTHING = { session: undefined, expiresAt: undefined };

const jarOf = (received: Record<string, string> = {}): CookieJar => ({
  received,
  outgoing: new Headers(),
});
const withToken = (accessToken: string): Session => ({
  ...MEMBER,
  tokens: { ...MEMBER.tokens, accessToken },
});

async function written(session: Session, received = {}) {
  const jar = jarOf(received);
  await cookie.write(jar, session, NOW);
  return getSetCookies(jar.outgoing);
}

async function reopened(session: Session) {
  const cookies = await written(session);
  const received = Object.fromEntries(
    cookies.map(({ name, value }) => [name, value]),
  );
  return { received, ...await cookie.open(jarOf(received), NOW) };
}

Deno.test("write() sets a __Host- cookie that scripts and http can't read", async () => {
  const [only, ...more] = await written(MEMBER);
  assertExists(only);
  assertEquals(more, []);
  const { value: _value, ...attributes } = only;
  assertEquals(attributes, {
    name: NAME,
    secure: true,
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    maxAge: IDLE_LIFETIME_SECONDS,
  });
});

Deno.test("on http://localhost the cookie has a plain name and no Secure", async () => {
  const local = createSessionCookie("member", {
    ...COOKIE_OPTIONS,
    local: true,
  });
  const jar = jarOf();
  await local.write(jar, MEMBER, NOW);
  const [only] = getSetCookies(jar.outgoing);
  assertEquals(only?.name, "wix_session");
  assertEquals(only?.secure, undefined);
});

Deno.test("open() returns the session that was written", async () => {
  const { session, expiresAt, stale } = await reopened(MEMBER);
  assertEquals(session, MEMBER);
  assertEquals(expiresAt, NOW + IDLE_LIFETIME_SECONDS);
  assertEquals(stale, false);
});

Deno.test("what open() returns cannot be changed: requests share it", async () => {
  const { session } = await reopened(MEMBER);
  assertExists(session);
  for (const part of [session, session.tokens]) {
    assertEquals(Object.isFrozen(part), true);
  }
});

Deno.test("a session over one cookie is split and joined again", async () => {
  const big = withToken("x".repeat(6_000));
  const { session, received } = await reopened(big);
  assertEquals(session, big);
  assertEquals(Object.keys(received), [NAME, `${NAME}.1`, `${NAME}.2`]);
  for (const [name, value] of Object.entries(received)) {
    assertEquals(name.length + value.length < 4_000, true);
  }
});

Deno.test("write() expires parts that the new session does not need", async () => {
  const { received } = await reopened(withToken("x".repeat(6_000)));
  const cookies = await written(MEMBER, received);
  assertEquals(
    cookies.map(({ name, value }) => [name, value === ""]),
    [[NAME, false], [`${NAME}.1`, true], [`${NAME}.2`, true]],
  );
});

Deno.test("open() refuses a session with a missing part (T30)", async () => {
  const { received } = await reopened(withToken("x".repeat(6_000)));
  for (const missing of Object.keys(received)) {
    const { [missing]: _gone, ...rest } = received;
    const { session, stale } = await cookie.open(jarOf(rest), NOW);
    assertEquals(session, undefined, missing);
    assertEquals(stale, true, missing);
  }
});

Deno.test("open() without a cookie is a visitor, and nothing is stale (T1)", async () => {
  const opened = await cookie.open(jarOf(), NOW);
  assertEquals(opened, { ...NOTHING, stale: false });
});

Deno.test("a session under a key that is rotated out is stale, and kept (T14)", async () => {
  const { received } = await reopened(MEMBER);
  const rotated = createSessionCookie("member", {
    ...COOKIE_OPTIONS,
    sessionSecrets: [
      "the new secret, thirty-two characters",
      ...COOKIE_OPTIONS.sessionSecrets,
    ],
  });
  const opened = await rotated.open(jarOf(received), NOW);
  assertEquals(opened.session, MEMBER);
  assertEquals(opened.stale, true);
});

Deno.test("clear() expires every part that the browser sent, and no other", async () => {
  const { received } = await reopened(withToken("x".repeat(6_000)));
  const jar = jarOf({ ...received, other: "1" });
  cookie.clear(jar);
  assertEquals(
    getSetCookies(jar.outgoing).map(({ name, expires }) => [
      name,
      Number(expires),
    ]),
    [[NAME, 0], [`${NAME}.1`, 0], [`${NAME}.2`, 0]],
  );
});

Deno.test("visitors have a cookie of their own, whose parts are none of a member's", async () => {
  const jar = jarOf();
  const big = { ...VISITOR, id: "i".repeat(3_000) };
  await visitorCookie.write(jar, big, NOW);
  const names = getSetCookies(jar.outgoing).map(({ name }) => name);
  assertEquals(names, [`${NAME}_visitor`, `${NAME}_visitor.1`]);
  const received = Object.fromEntries(
    getSetCookies(jar.outgoing).map(({ name, value }) => [name, value]),
  );
  assertEquals((await visitorCookie.open(jarOf(received), NOW)).session, big);
  assertEquals(await cookie.open(jarOf(received), NOW), {
    ...NOTHING,
    stale: false,
  });
});

Deno.test("a member's value does not open in the visitor's cookie, nor the other way round (T18)", async () => {
  const member = (await reopened(MEMBER)).received[NAME] ?? "";
  const jar = jarOf();
  await visitorCookie.write(jar, VISITOR, NOW);
  const [{ value: visitor } = { value: "" }] = getSetCookies(jar.outgoing);
  const swapped = jarOf({ [NAME]: visitor, [`${NAME}_visitor`]: member });
  for (const each of [cookie, visitorCookie]) {
    assertEquals(await each.open(swapped, NOW), { ...NOTHING, stale: true });
  }
});

Deno.test("open() refuses a session of the other kind under its own seal (T18)", async () => {
  const opened = await openClaims({ ...VISITOR });
  assertEquals(opened, { ...NOTHING, stale: true });
});

const notOurs: [string, string][] = [
  ["T32 an unprefixed twin", "wix_session"],
  ["T33 a cookie that begins alike", `${NAME}-x`],
];
for (const [title, name] of notOurs) {
  Deno.test(`open() ignores ${title}`, async () => {
    const value = (await reopened(MEMBER)).received[NAME] ?? "";
    const opened = await cookie.open(jarOf({ [name]: value }), NOW);
    assertEquals(opened, { ...NOTHING, stale: false });
  });
}

const unusable: [string, unknown][] = [
  ["T24 nothing", {}],
  ["T25 an expiry that is text", { ...MEMBER.tokens, expiresAt: "soon" }],
  ["T25 an expiry of NaN", { ...MEMBER.tokens, expiresAt: NaN }],
  ["T25 a negative expiry", { ...MEMBER.tokens, expiresAt: -1 }],
  ["T25 an expiry in 1e18", { ...MEMBER.tokens, expiresAt: 1e18 }],
  ["an empty access token", { ...MEMBER.tokens, accessToken: "" }],
  ["no refresh token", { ...MEMBER.tokens, refreshToken: undefined }],
];
for (const [title, tokens] of unusable) {
  Deno.test(`open() refuses sealed tokens with ${title}`, async () => {
    const opened = await openClaims({ ...MEMBER, tokens });
    assertEquals(opened, { ...NOTHING, stale: true });
  });
}

for (const id of [undefined, "", 5]) {
  Deno.test(`open() refuses a session with the id ${id}`, async () => {
    const opened = await openClaims({ ...MEMBER, id });
    assertEquals(opened, { ...NOTHING, stale: true });
  });
}

for (const startedAt of [undefined, 0, 1.5, "1", 1e18]) {
  Deno.test(`open() refuses a session that started at ${startedAt}`, async () => {
    const opened = await openClaims({ ...MEMBER, startedAt });
    assertEquals(opened, { ...NOTHING, stale: true });
  });
}

for (const kind of ["admin", "", null, 5]) {
  Deno.test(`open() refuses the sealed kind ${kind} (T26)`, async () => {
    for (const each of [cookie, visitorCookie]) {
      const opened = await openClaims({ ...MEMBER, kind }, each);
      assertEquals(opened, { ...NOTHING, stale: true });
    }
  });
}

async function openClaims(claims: Record<string, unknown>, by = cookie) {
  const seal = createSeal({
    secrets: COOKIE_OPTIONS.sessionSecrets,
    clientId: COOKIE_OPTIONS.clientId,
    cookieName: by.name,
  });
  const value = await seal.seal(claims, { now: NOW, expiresAt: NOW + 60 });
  return await by.open(jarOf({ [by.name]: value }), NOW);
}
