import { assertEquals } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import type { CookieJar } from "@/lib/http/cookies.ts";
import { createMarkers } from "@/lib/session/markers.ts";
import {
  IDLE_LIFETIME_SECONDS,
  type MemberSession,
} from "@/lib/session/session.ts";

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
  assertEquals(markers.isDoubted(jar, SESSION), false);
  markers.markDoubted(jar, SESSION);
  const later = nextRequest(jar);
  assertEquals(markers.isDoubted(later, SESSION), true);
  assertEquals(markers.isDoubted(later, RENEWED), false);
  assertEquals(markers.isDoubted(later, OTHER), false);
});

Deno.test("clearDoubt() expires a doubt, and says nothing where there is none", () => {
  const none = jarOf();
  markers.clearDoubt(none);
  assertEquals(none.outgoing.getSetCookie(), []);

  const jar = jarOf();
  markers.markDoubted(jar, SESSION);
  const later = nextRequest(jar);
  markers.clearDoubt(later);
  const [cookie] = getSetCookies(later.outgoing);
  assertEquals(Number(cookie?.expires), 0);
});

Deno.test("the end is marked for as long as an ended session's cookie may live, and scripts can't read it", () => {
  const jar = jarOf();
  markers.markEnded(jar, SESSION);
  markers.markDoubted(jar, SESSION);
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
    { name: "__Host-wix_session_doubt", maxAge: 60, ...shared },
  ]);
});
