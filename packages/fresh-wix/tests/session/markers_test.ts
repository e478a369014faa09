import { assertEquals } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import type { CookieJar } from "../../src/http/cookies.ts";
import { createMarkers } from "../../src/session/markers.ts";
import {
  IDLE_LIFETIME_SECONDS,
  type MemberSession,
} from "../../src/session/session.ts";

const NOW = 1_750_000_000;
const markers = createMarkers(false);
const SESSION: MemberSession = {
  kind: "member",
  id: "session-1",
  tokens: { accessToken: "a", refreshToken: "r", expiresAt: 1_800_000_000 },
  startedAt: 1_700_000_000,
  member: undefined,
};
const OTHER: MemberSession = { ...SESSION, id: "session-2" };
const RENEWED: MemberSession = {
  ...SESSION,
  tokens: { ...SESSION.tokens, expiresAt: 1_800_014_400 },
};

const jarOf = (received: CookieJar["received"] = {}): CookieJar => ({
  received,
  outgoing: new Headers(),
});

/** The jar of the request after one whose answer filled `jar`. */
const nextRequest = ({ outgoing }: CookieJar) =>
  jarOf(Object.fromEntries(
    getSetCookies(outgoing).map(({ name, value }) => [name, value]),
  ));

Deno.test("an ended session stays ended in this browser, another does not (I5)", () => {
  const jar = jarOf();
  assertEquals(markers.isEnded(jar, SESSION), false);
  markers.markEnded(jar, SESSION);
  const later = nextRequest(jar);
  assertEquals(markers.isEnded(later, SESSION), true);
  assertEquals(markers.isEnded(later, OTHER), false);
});

Deno.test("a doubt is about these very tokens", () => {
  const jar = jarOf();
  markers.markDoubted(jar, SESSION, NOW);
  const later = nextRequest(jar);
  assertEquals(markers.isDoubted(later, SESSION, NOW + 10), true);
  assertEquals(markers.isDoubted(later, RENEWED, NOW + 10), false);
  assertEquals(markers.isDoubted(later, OTHER, NOW + 10), false);
  assertEquals(markers.isDoubted(jarOf(), SESSION, NOW + 10), false);
});

Deno.test("a doubt counts when no other process can be answering any more", () => {
  const jar = jarOf();
  markers.markDoubted(jar, SESSION, NOW);
  const soon = nextRequest(jar);
  assertEquals(markers.isDoubted(soon, SESSION, NOW), false);
  assertEquals(markers.isDoubted(soon, SESSION, NOW + 9), false);

  markers.markDoubted(soon, SESSION, NOW + 9);
  const later = nextRequest(soon);
  assertEquals(markers.isDoubted(later, SESSION, NOW + 9), false);
  assertEquals(markers.isDoubted(later, SESSION, NOW + 10), true);
});

for (const since of ["", "x", "-1", "1e9", "99999999999", "9999999999"]) {
  Deno.test(`a doubt since "${since}" counts from now on`, () => {
    const forged = jarOf({
      "__Host-wix_session_doubt":
        `${SESSION.id}.${SESSION.tokens.expiresAt}.${since}`,
    });
    assertEquals(markers.isDoubted(forged, SESSION, NOW), false);
    markers.markDoubted(forged, SESSION, NOW);
    const later = nextRequest(forged);
    assertEquals(markers.isDoubted(later, SESSION, NOW + 10), true);
  });
}

Deno.test("clearDoubt() expires a doubt, and says nothing where there is none", () => {
  const none = jarOf();
  markers.clearDoubt(none);
  assertEquals(none.outgoing.getSetCookie(), []);

  const jar = jarOf();
  markers.markDoubted(jar, SESSION, NOW);
  const later = nextRequest(jar);
  markers.clearDoubt(later);
  const [cookie] = getSetCookies(later.outgoing);
  assertEquals(Number(cookie?.expires), 0);
});

Deno.test("the end is marked for as long as an ended session's cookie may live, and scripts can't read it", () => {
  const jar = jarOf();
  markers.markEnded(jar, SESSION);
  markers.markDoubted(jar, SESSION, NOW);
  const shapes = getSetCookies(jar.outgoing).map((
    { value: _value, ...shape },
  ) => shape);
  const shared = {
    httpOnly: true,
    secure: true,
    sameSite: "Lax",
    path: "/",
  } as const;
  assertEquals(shapes, [
    {
      name: "__Host-wix_session_ended",
      maxAge: IDLE_LIFETIME_SECONDS,
      ...shared,
    },
    {
      name: "__Host-wix_session_doubt",
      maxAge: IDLE_LIFETIME_SECONDS,
      ...shared,
    },
  ]);
});
