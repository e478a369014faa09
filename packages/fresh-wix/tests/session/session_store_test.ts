import { assertEquals, assertStrictEquals } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import { createCookieJar } from "../../src/http/cookies.ts";
import { createSeal } from "../../src/session/seal.ts";
import {
  IDLE_LIFETIME_SECONDS,
  type MemberSession,
  type Session,
} from "../../src/session/session.ts";
import {
  createSessionStore,
  type SessionChange,
} from "../../src/session/session_store.ts";
import {
  cookiesWith,
  MEMBER,
  memberCookie,
  newStore,
  newTokens,
  NOW,
  POINTER,
  seal,
  SEAL_OPTIONS,
  VISITOR,
  VISITOR_COOKIE as VISITORS,
} from "../helpers/sessions.ts";
import { sessionCookies } from "../../src/session/session_store.ts";

type Cookies = Record<string, string>;
type Change = (session: Session | undefined) => Partial<SessionChange>;

const ANNS = memberCookie(MEMBER);
const OTHER: MemberSession = { ...MEMBER, id: "session-of-ben-1" };
const BENS = memberCookie(OTHER);
const BIG: MemberSession = {
  ...MEMBER,
  tokens: { ...MEMBER.tokens, accessToken: "x".repeat(6_000) },
};
const annsCookies = await cookiesWith(MEMBER);
const visitorCookies = await cookiesWith(VISITOR);
const bothCookies = { ...visitorCookies, ...annsCookies };
const annsValue = annsCookies[ANNS] ?? "";
const visitorValue = visitorCookies[VISITORS] ?? "";

const opens = (cookies: Cookies, now = NOW, store = newStore()) =>
  store.open(createCookieJar(cookies), now);

/** Returns the names of cookies that a response sets, with `-` those it expires. */
async function changes(
  cookies: Cookies,
  change: Change,
  store = newStore(),
): Promise<string[]> {
  const jar = createCookieJar(cookies);
  const opened = await store.open(jar, NOW);
  const current = opened.session;
  const unchanged = { current, changed: false, loginChanged: false };
  await store.save(jar, opened, { ...unchanged, ...change(current) }, NOW);
  return getSetCookies(jar.outgoing).map(({ name, value, maxAge, expires }) => {
    const isExpired = maxAge === 0 || Number(expires) === 0;
    return value === "" && isExpired ? `-${name}` : name;
  });
}
const nothing: Change = () => ({});
const logIn: Change = () => ({
  current: OTHER,
  changed: true,
  loginChanged: true,
});
const refresh: Change = (session) => ({
  current: session && { ...session, tokens: newTokens() },
  changed: true,
});
const end: Change = () => ({ current: undefined, changed: true });
const logOut: Change = () => ({ ...end(undefined), loginChanged: true });

Deno.test("open() returns the session that was written, a member's before a visitor's", async () => {
  const expected = {
    session: MEMBER,
    expiresAt: NOW + IDLE_LIFETIME_SECONDS,
    outdatedKey: false,
    refused: false,
  };
  assertEquals(await opens(annsCookies), expected);
  assertEquals(await opens(bothCookies), expected);
  assertEquals((await opens(visitorCookies)).session, VISITOR);
});

for (const secureCookies of [true, false]) {
  Deno.test(`scripts can't read cookies, and they are ${secureCookies ? "__Host-" : "plain on http://localhost"}; the pointer outlives them`, async () => {
    const store = createSessionStore({ seal, secureCookies });
    const headers = await sessionCookies(MEMBER, store, NOW);
    const attributes = { httpOnly: true, sameSite: "Lax", path: "/" } as const;
    const cookie = (name: string, maxAge: number) => ({
      name: secureCookies ? name : name.replace("__Host-", ""),
      maxAge,
      ...attributes,
      ...(secureCookies && { secure: true }),
    });
    const set = getSetCookies(headers).map(({ value: _, ...rest }) => rest);
    const pointer = cookie(POINTER, 400 * 24 * 60 * 60);
    assertEquals(set, [pointer, cookie(ANNS, IDLE_LIFETIME_SECONDS)]);
  });
}

const dangling = { ...visitorCookies, [POINTER]: MEMBER.id };
const unnamed = { [ANNS]: annsValue };
const [ANN_ENDS, VISITOR_ENDS] = [`-${ANNS}`, `-${VISITORS}`];
const LOGIN = [POINTER, BENS, VISITOR_ENDS, ANN_ENDS];
const LOGOUT = [`-${POINTER}`, VISITOR_ENDS, ANN_ENDS];
const saves: [title: string, Cookies, Change, expected: string[]][] = [
  ["a page changes nothing", annsCookies, nothing, []],
  ["a refresh writes its own cookie only", annsCookies, refresh, [ANNS]],
  ["a visitor's refresh writes theirs", visitorCookies, refresh, [VISITORS]],
  // Between the two a request would find the new cookie unnamed, and expire it.
  ["a login writes the pointer first, ends others", bothCookies, logIn, LOGIN],
  ["a logout leaves no session", bothCookies, logOut, LOGOUT],
  ["a session's end leaves the pointer", annsCookies, end, [ANN_ENDS]],
  ["an unnamed member is expired", unnamed, nothing, [ANN_ENDS]],
  ["a visitor beside a member ends", bothCookies, nothing, [VISITOR_ENDS]],
  ["a pointer to no cookie is left to the next login", dangling, nothing, []],
  // A late response must not undo a login meanwhile.
  ["a malformed pointer is too", { [POINTER]: "nonsense" }, nothing, []],
];
for (const [title, cookies, change, expected] of saves) {
  Deno.test(title, async () => {
    assertEquals(await changes(cookies, change), expected);
  });
}

const sealedAsVisitor = (claims: Record<string, unknown>) =>
  seal.seal(claims, { cookieName: VISITORS, now: NOW, expiresAt: NOW + 60 });
const pointer = { [POINTER]: MEMBER.id };
const refused: [id: string, cookies: Cookies][] = [
  ["T2 an empty value", { ...pointer, [ANNS]: "" }],
  ["T18 a visitor in a member's cookie", { ...pointer, [ANNS]: visitorValue }],
  ["T18 a member in a visitor's cookie", { [VISITORS]: annsValue }],
  ["T18 another session's value", { [POINTER]: OTHER.id, [BENS]: annsValue }],
  ["T24 claims of no session", {
    [VISITORS]: await sealedAsVisitor({ kind: "visitor" }),
  }],
  ["T18 a member sealed as a visitor", {
    [VISITORS]: await sealedAsVisitor({ ...MEMBER }),
  }],
];
for (const [id, cookies] of refused) {
  Deno.test(`open() refuses ${id}, which is expired`, async () => {
    const store = newStore();
    // Also when it knows the value from the cookie that it belongs to.
    await opens(annsCookies, NOW, store);
    await opens(visitorCookies, NOW, store);
    const { session, refused } = await opens(cookies, NOW, store);
    assertEquals([session, refused], [undefined, true]);
    const [name] = Object.keys(cookies).filter((name) => name !== POINTER);
    assertEquals(await changes(cookies, nothing, store), [`-${name}`]);
  });
}

const ignored: [id: string, name: string][] = [
  ["T1 another cookie", "theme"],
  ["T32 an unprefixed twin", `wix_session_${MEMBER.id}`],
  ["T33 a cookie that begins alike", `${ANNS}-x`],
  ["T30 the part 007", `${ANNS}.007`],
  ["T30 the part -1", `${ANNS}.-1`],
  ["T30 the part 999999", `${ANNS}.999999`],
];
for (const [id, name] of ignored) {
  Deno.test(`open() and save() ignore ${id}`, async () => {
    const cookies = { ...pointer, [name]: annsValue };
    const { session, refused } = await opens(cookies);
    assertEquals([session, refused], [undefined, false]);
    assertEquals(await changes(cookies, nothing), []);
  });
}

Deno.test("of 2,300 forged cookies a response expires 20 (N7b)", async () => {
  const forged = Object.fromEntries(
    Array.from({ length: 2_300 }, (_, index) => [
      `${POINTER}_${String(index).padStart(16, "0")}`,
      "x",
    ]),
  );
  const expired = await changes({ ...forged, ...annsCookies }, nothing);
  assertEquals([expired.length, expired.includes(`-${ANNS}`)], [20, false]);
});

Deno.test("a session over one cookie is split, joined, and leaves no part behind", async () => {
  const cookies = await cookiesWith(BIG);
  const parts = [ANNS, `${ANNS}.1`, `${ANNS}.2`];
  assertEquals(Object.keys(cookies), [POINTER, ...parts]);
  const sizes = Object.entries(cookies).map((cookie) => cookie.join("").length);
  assertEquals(Math.max(...sizes) < 4_000, true);
  assertEquals((await opens(cookies)).session, BIG);
  assertEquals(await changes(cookies, nothing), []);
  const [, ...rest] = parts.map((part) => `-${part}`);
  assertEquals(await changes(cookies, refresh), [ANNS, ...rest]);
  // More parts than there may be (T30).
  const first = cookies[ANNS]?.replace(/^3~/, "9~") ?? "";
  assertEquals((await opens({ ...cookies, [ANNS]: first })).refused, true);
  for (const missing of parts) {
    const { [missing]: _, ...others } = cookies;
    assertEquals((await opens(others)).session, undefined, missing);
    const expired = parts.filter((part) => part !== missing);
    const names = expired.map((part) => `-${part}`);
    assertEquals(await changes(others, nothing), names);
  }
});

Deno.test("a session under an older key is accepted and re-encrypted (T14)", async () => {
  const newSecret = "the new secret, thirty-two characters";
  const sessionSecrets = [newSecret, ...SEAL_OPTIONS.sessionSecrets];
  const rotated = createSeal({ ...SEAL_OPTIONS, sessionSecrets });
  const store = createSessionStore({ seal: rotated, secureCookies: true });
  const opened = await opens(annsCookies, NOW, store);
  assertEquals([opened.session, opened.outdatedKey], [MEMBER, true]);
  assertEquals(await changes(annsCookies, nothing, store), [ANNS]);
});

Deno.test("a decrypted value is cached until it expires", async () => {
  let count = 0;
  const open: typeof seal.open = (value, options) => {
    count++;
    return seal.open(value, options);
  };
  const counted = { ...seal, open };
  const store = createSessionStore({ seal: counted, secureCookies: true });
  const first = await opens(annsCookies, NOW, store);
  const again = await opens({ ...annsCookies, other: "1" }, NOW, store);
  assertStrictEquals(again.session, first.session);
  assertEquals([count, first.session], [1, MEMBER]);
  const end = NOW + IDLE_LIFETIME_SECONDS;
  assertEquals((await opens(annsCookies, end, store)).session, undefined);
});
