import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import {
  ABSOLUTE_LIFETIME_SECONDS,
  IDLE_LIFETIME_SECONDS,
  memberProfile,
  newSessionId,
  parseSession,
  REFRESH_MARGIN_SECONDS,
  sessionEndsAt,
  tokenState,
} from "../../src/session/session.ts";
import { MEMBER, NOW, VISITOR } from "../helpers/sessions.ts";

const states: [title: string, left: number, jitter: number, state: string][] = [
  ["before the margin", REFRESH_MARGIN_SECONDS + 1, 0, "fresh"],
  ["when the margin begins", REFRESH_MARGIN_SECONDS, 0, "due"],
  ["a minute earlier by jitter", REFRESH_MARGIN_SECONDS + 60, 1, "due"],
  ["before that minute", REFRESH_MARGIN_SECONDS + 61, 1, "fresh"],
  ["in its last second", 1, 0, "due"],
  ["in the second it ends", 0, 0, "expired"],
];
for (const [title, left, jitter, state] of states) {
  Deno.test(`tokenState() is ${state} ${title}`, () => {
    assertEquals(tokenState({ expiresAt: NOW + left }, NOW, jitter), state);
  });
}

Deno.test("sessionEndsAt() moves with use, up to the absolute lifetime (T21)", () => {
  assertEquals(sessionEndsAt(VISITOR, NOW), NOW + IDLE_LIFETIME_SECONDS);
  const late = NOW + ABSOLUTE_LIFETIME_SECONDS - 10;
  assertEquals(sessionEndsAt(VISITOR, late), NOW + ABSOLUTE_LIFETIME_SECONDS);
});

Deno.test("newSessionId() returns a unique id that fits a cookie's name", () => {
  assertMatch(newSessionId(), /^[\w-]{16}$/);
  assertNotEquals(newSessionId(), newSessionId());
});

Deno.test("parseSession() accepts sessions, and members without a usable profile", () => {
  assertEquals(parseSession(VISITOR), VISITOR);
  assertEquals(parseSession({ ...MEMBER, exp: 1 }), MEMBER);
  for (const member of [undefined, null, "Ann", { id: "" }, { id: 5 }]) {
    const session = parseSession({ ...MEMBER, member });
    assertEquals([session?.kind, session?.id], ["member", MEMBER.id]);
    assertEquals(session?.kind === "member" && session.member, undefined);
  }
});

Deno.test("memberProfile() names a member by nickname, slug or a default, and is undefined without an id", () => {
  assertEquals(memberProfile(undefined), undefined);
  assertEquals(memberProfile({ profile: { nickname: "Ann" } }), undefined);
  const nameOf = (profile: { nickname?: string; slug?: string }) =>
    memberProfile({ _id: "m1", profile })?.name;
  assertEquals(nameOf({ nickname: "Ann", slug: "ann1" }), "Ann");
  assertEquals(nameOf({ nickname: "", slug: "ann1" }), "ann1");
  assertEquals(nameOf({}), "Member");
  // Between characters.
  assertEquals(
    nameOf({ nickname: "x".repeat(99) + "🌲🌲" }),
    "x".repeat(99) + "🌲",
  );
});

Deno.test("memberProfile() has the photo, unless its URL is too long for a cookie", () => {
  const photoOf = (url: string) =>
    memberProfile({ _id: "m1", profile: { photo: { url } } })?.photo;
  const url = "https://static.wixstatic.com/media/ann.png";
  assertEquals(photoOf(url), url);
  assertEquals(photoOf(url.padEnd(301, "x")), undefined);
  assertEquals(photoOf(""), undefined);
});

const tokens = (changed: Record<string, unknown>) => ({
  ...MEMBER,
  tokens: { ...MEMBER.tokens, ...changed },
});
const changed = (name: string, values: unknown[]) =>
  values.map((value): [string, unknown] => [
    `T26 the ${name} ${value}`,
    { ...MEMBER, [name]: value },
  ]);
const invalid: [id: string, claims: unknown][] = [
  ["T24 null", null],
  ["T24 a list", [1]],
  ["T24 text", "x"],
  ["T24 a number", 5],
  ["T24 nothing", {}],
  ["T24 no tokens", { ...MEMBER, tokens: {} }],
  ["T25 an expiry that is text", tokens({ expiresAt: "soon" })],
  ["T25 an expiry of NaN", tokens({ expiresAt: NaN })],
  ["T25 a negative expiry", tokens({ expiresAt: -1 })],
  ["T25 an expiry of 1e18", tokens({ expiresAt: 1e18 })],
  ["T25 half a second", tokens({ expiresAt: 1.5 })],
  ["an empty access token", tokens({ accessToken: "" })],
  ["no refresh token", tokens({ refreshToken: undefined })],
  ...changed("kind", ["admin", "", null, 5]),
  ...changed("id", [undefined, "", 5, "short", "a".repeat(17)]),
  ...changed("startedAt", [undefined, 0, 1.5, "1", 1e18]),
];
for (const [id, claims] of invalid) {
  Deno.test(`parseSession() refuses ${id}`, () => {
    assertEquals(parseSession(claims), undefined);
  });
}
