import { assertEquals, assertExists, assertStrictEquals } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import { RequestCookieJar } from "../../src/http/cookies.ts";
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
  received,
  seal,
  SEAL_OPTIONS,
  VISITOR,
  VISITOR_COOKIE,
} from "../helpers/sessions.ts";

const ANNS = memberCookie(MEMBER);
const OTHER: MemberSession = { ...MEMBER, id: "session-of-ben-1" };
const BIG: MemberSession = {
  ...MEMBER,
  tokens: { ...MEMBER.tokens, accessToken: "x".repeat(6_000) },
};
const annsCookies = await cookiesWith(MEMBER);
const visitorCookies = await cookiesWith(VISITOR);

const opens = (
  cookies: Record<string, string>,
  now = NOW,
  store = newStore(),
) => store.open(new RequestCookieJar(cookies), now);

/** Returns what a response does to each cookie: sets or expires it. */
async function changes(
  cookies: Record<string, string>,
  change: (session: Session | undefined) => Partial<SessionChange>,
  store = newStore(),
): Promise<[name: string, "set" | "expired"][]> {
  const jar = new RequestCookieJar(cookies);
  const opened = await store.open(jar, NOW);
  await store.save(jar, opened, {
    current: opened.session,
    changed: false,
    loginChanged: false,
    ...change(opened.session),
  }, NOW);
  return getSetCookies(jar.outgoing).map(({ name, value, maxAge, expires }) => [
    name,
    value === "" && (maxAge === 0 || Number(expires) === 0) ? "expired" : "set",
  ]);
}
const nothing = () => ({});
const logIn = (session: Session) => () => ({
  current: session,
  changed: true,
  loginChanged: true,
});
const refresh = (session: Session | undefined): Partial<SessionChange> => ({
  current: session && { ...session, tokens: newTokens() },
  changed: true,
});
const end = () => ({ current: undefined, changed: true });
const logOut = () => ({ ...end(), loginChanged: true });

Deno.test("open() returns the session that was written", async () => {
  assertEquals(await opens(annsCookies), {
    session: MEMBER,
    expiresAt: NOW + IDLE_LIFETIME_SECONDS,
    outdatedKey: false,
    refused: false,
  });
  assertEquals((await opens(visitorCookies)).session, VISITOR);
});

Deno.test("open() without session cookies is a visitor (T1)", async () => {
  const { session, refused } = await opens({ theme: "dark" });
  assertEquals([session, refused], [undefined, false]);
});

Deno.test("a member's session counts before a visitor's", async () => {
  const { session } = await opens({ ...visitorCookies, ...annsCookies });
  assertEquals(session, MEMBER);
});

Deno.test("cookies are __Host-, kept from scripts and http, and the pointer outlives them", async () => {
  const jar = new RequestCookieJar();
  const opened = await newStore().open(jar, NOW);
  await newStore().save(jar, opened, {
    current: MEMBER,
    changed: true,
    loginChanged: true,
  }, NOW);
  const attributes = {
    secure: true,
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
  } as const;
  assertEquals(
    getSetCookies(jar.outgoing).map(({ value: _, ...rest }) => rest),
    [
      { name: POINTER, maxAge: 400 * 24 * 60 * 60, ...attributes },
      { name: ANNS, maxAge: IDLE_LIFETIME_SECONDS, ...attributes },
    ],
  );
});

Deno.test("on http://localhost cookies have plain names and no Secure", async () => {
  const store = createSessionStore({ seal, secureCookies: false });
  const jar = new RequestCookieJar();
  const opened = await store.open(jar, NOW);
  const change = { current: MEMBER, changed: true, loginChanged: true };
  await store.save(jar, opened, change, NOW);
  assertEquals(
    getSetCookies(jar.outgoing).map(({ name, secure }) => [name, secure]),
    [["wix_session", undefined], [`wix_session_${MEMBER.id}`, undefined]],
  );
});

const saves: [
  title: string,
  cookies: Record<string, string>,
  change: (session: Session | undefined) => Partial<SessionChange>,
  expected: [name: string, "set" | "expired"][],
][] = [
  ["a page changes nothing", annsCookies, nothing, []],
  ["a refresh writes its own cookie only", annsCookies, refresh, [[
    ANNS,
    "set",
  ]]],
  ["a visitor's refresh writes theirs", visitorCookies, refresh, [[
    VISITOR_COOKIE,
    "set",
  ]]],
  // Between the two a request would find the new cookie unnamed, and expire it.
  [
    "a login writes the pointer first and leaves no other session",
    { ...visitorCookies, ...annsCookies },
    logIn(OTHER),
    [[POINTER, "set"], [memberCookie(OTHER), "set"], [
      VISITOR_COOKIE,
      "expired",
    ], [ANNS, "expired"]],
  ],
  [
    "a logout leaves no session",
    { ...visitorCookies, ...annsCookies },
    logOut,
    [
      [POINTER, "expired"],
      [VISITOR_COOKIE, "expired"],
      [ANNS, "expired"],
    ],
  ],
  ["a session's end leaves the pointer alone", annsCookies, end, [[
    ANNS,
    "expired",
  ]]],
  [
    "a member's cookie that no pointer names is expired",
    { [ANNS]: annsCookies[ANNS] ?? "" },
    nothing,
    [[ANNS, "expired"]],
  ],
  [
    "a visitor's cookie beside a member's is expired",
    { ...annsCookies, ...visitorCookies },
    nothing,
    [[VISITOR_COOKIE, "expired"]],
  ],
  [
    "a pointer that names no cookie is left to the next login",
    { ...visitorCookies, [POINTER]: MEMBER.id },
    nothing,
    [],
  ],
  // A late response must not undo a login meanwhile.
  ["a malformed pointer is too", { [POINTER]: "nonsense" }, nothing, []],
];
for (const [title, cookies, change, expected] of saves) {
  Deno.test(title, async () => {
    assertEquals(await changes(cookies, change), expected);
  });
}

const refused: [id: string, cookies: Record<string, string>][] = [
  ["T2 an empty value", { ...annsCookies, [ANNS]: "" }],
  ["T18 a visitor's value in a member's cookie", {
    [POINTER]: MEMBER.id,
    [ANNS]: visitorCookies[VISITOR_COOKIE] ?? "",
  }],
  ["T18 a member's value in a visitor's cookie", {
    [VISITOR_COOKIE]: annsCookies[ANNS] ?? "",
  }],
  ["T18 a session in the cookie of another one", {
    [POINTER]: OTHER.id,
    [memberCookie(OTHER)]: annsCookies[ANNS] ?? "",
  }],
  ["T24 sealed claims that are no session", {
    [VISITOR_COOKIE]: await seal.seal({ kind: "visitor" }, {
      cookieName: VISITOR_COOKIE,
      now: NOW,
      expiresAt: NOW + 60,
    }),
  }],
  ["T18 a member sealed into a visitor's cookie", {
    [VISITOR_COOKIE]: await seal.seal({ ...MEMBER }, {
      cookieName: VISITOR_COOKIE,
      now: NOW,
      expiresAt: NOW + 60,
    }),
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
    const [name = ""] = Object.keys(cookies).filter((name) => name !== POINTER);
    assertEquals(await changes(cookies, nothing, store), [[name, "expired"]]);
  });
}

const ignored: [id: string, name: string][] = [
  ["T32 an unprefixed twin", `wix_session_${MEMBER.id}`],
  ["T33 a cookie that begins alike", `${ANNS}-x`],
  ["T30 the part 007", `${ANNS}.007`],
  ["T30 the part -1", `${ANNS}.-1`],
  ["T30 the part 999999", `${ANNS}.999999`],
];
for (const [id, name] of ignored) {
  Deno.test(`open() and save() ignore ${id}`, async () => {
    const cookies = { [POINTER]: MEMBER.id, [name]: annsCookies[ANNS] ?? "" };
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
  const lines = await changes({ ...forged, ...annsCookies }, nothing);
  assertEquals(lines.length, 20);
  assertEquals(lines.some(([name]) => name === ANNS), false);
});

Deno.test("a session over one cookie is split, joined, and leaves no part behind", async () => {
  const cookies = await cookiesWith(BIG);
  const parts = [ANNS, `${ANNS}.1`, `${ANNS}.2`];
  assertEquals(Object.keys(cookies), [POINTER, ...parts]);
  for (const [name, value] of Object.entries(cookies)) {
    assertEquals(name.length + value.length < 4_000, true);
  }
  assertEquals((await opens(cookies)).session, BIG);
  assertEquals(await changes(cookies, nothing), []);
  assertEquals(
    await changes(cookies, refresh),
    [[ANNS, "set"], [`${ANNS}.1`, "expired"], [`${ANNS}.2`, "expired"]],
  );
  for (const missing of parts) {
    const { [missing]: _, ...rest } = cookies;
    assertEquals((await opens(rest)).session, undefined, missing);
    const expired = parts.filter((part) => part !== missing);
    assertEquals(
      (await changes(rest, nothing)).map(([name]) => name),
      expired,
    );
  }
});

Deno.test("a value that announces more parts than there may be is refused (T30)", async () => {
  const cookies = await cookiesWith(BIG);
  const first = cookies[ANNS]?.replace(/^3~/, "9~") ?? "";
  const { session, refused } = await opens({ ...cookies, [ANNS]: first });
  assertEquals([session, refused], [undefined, true]);
});

Deno.test("a session under an older key is accepted and sealed anew (T14)", async () => {
  const rotated = createSessionStore({
    seal: createSeal({
      ...SEAL_OPTIONS,
      sessionSecrets: [
        "the new secret, thirty-two characters",
        ...SEAL_OPTIONS.sessionSecrets,
      ],
    }),
    secureCookies: true,
  });
  const opened = await opens(annsCookies, NOW, rotated);
  assertEquals([opened.session, opened.outdatedKey], [MEMBER, true]);
  assertEquals(await changes(annsCookies, nothing, rotated), [[ANNS, "set"]]);
});

Deno.test("an opened value is remembered, until its end", async () => {
  let count = 0;
  const store = createSessionStore({
    seal: {
      seal: seal.seal,
      open(value, options) {
        count++;
        return seal.open(value, options);
      },
    },
    secureCookies: true,
  });
  const first = await opens(annsCookies, NOW, store);
  const again = await opens({ ...annsCookies, other: "1" }, NOW, store);
  assertExists(first.session);
  assertStrictEquals(again.session, first.session);
  assertEquals(count, 1);
  const end = NOW + IDLE_LIFETIME_SECONDS;
  assertEquals((await opens(annsCookies, end, store)).session, undefined);
});

Deno.test("received() of a response is what the next request has", async () => {
  const jar = new RequestCookieJar(annsCookies);
  const store = newStore();
  const opened = await store.open(jar, NOW);
  const session = { ...MEMBER, tokens: newTokens() };
  await store.save(jar, opened, {
    current: session,
    changed: true,
    loginChanged: false,
  }, NOW);
  const next = { ...annsCookies, ...received(jar) };
  assertEquals((await opens(next, NOW, store)).session, session);
});
