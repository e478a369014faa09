import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import { RequestCookieJar } from "../../src/http/cookies.ts";
import {
  createSessionCookie,
  type SessionCookie,
} from "../../src/session/cookie.ts";
import { createMarkers } from "../../src/session/markers.ts";
import { createSessionOpener } from "../../src/session/open_session.ts";
import {
  ABSOLUTE_LIFETIME_SECONDS,
  IDLE_LIFETIME_SECONDS,
  type Session,
} from "../../src/session/session.ts";
import {
  COOKIE_OPTIONS,
  MEMBER,
  NOW,
  VISITOR,
} from "@/tests/helpers/sessions.ts";

const member = createSessionCookie("member", COOKIE_OPTIONS);
const visitor = createSessionCookie("visitor", COOKIE_OPTIONS);
const markers = createMarkers(COOKIE_OPTIONS.local);
const opener = () => createSessionOpener([member, visitor], markers);

/** Returns a `Cookie` header with what `write` sets. */
async function headerOf(
  write: (jar: RequestCookieJar) => Promise<void> | void,
): Promise<string> {
  const jar = new RequestCookieJar();
  await write(jar);
  return getSetCookies(jar.outgoing)
    .map(({ name, value }) => `${name}=${value}`).join("; ");
}
const holding = (cookie: SessionCookie, session: Session) =>
  headerOf((jar) => cookie.write(jar, session, NOW));
const membersHeader = await holding(member, MEMBER);
const visitorsHeader = await holding(visitor, VISITOR);
const bothHeader = `${visitorsHeader}; ${membersHeader}`;

Deno.test("a header without session cookies holds nothing (T1)", async () => {
  const { session, cookie, present, refused, received } = await opener()(
    "theme=dark",
    NOW,
  );
  assertEquals([session, cookie, present, refused], [
    undefined,
    undefined,
    [],
    false,
  ]);
  assertEquals({ ...received }, { theme: "dark" });
});

Deno.test("the member's session counts before the visitor's", async () => {
  const opened = await opener()(bothHeader, NOW);
  assertEquals(opened.session, MEMBER);
  assertEquals(opened.cookie, member);
  assertEquals(opened.present, [member, visitor]);
});

Deno.test("a member's session that was ended here leaves the visitor's", async () => {
  const ended = await headerOf((jar) => markers.markEnded(jar, MEMBER));
  const { session, refused } = await opener()(`${bothHeader}; ${ended}`, NOW);
  assertEquals(session, VISITOR);
  assertEquals(refused, false);
});

Deno.test("what does not open is told beside the session that does", async () => {
  const open = opener();
  const header = `${member.name}=nonsense; ${visitorsHeader}`;
  for (const _ of ["opened", "remembered"]) {
    const { session, refused, present } = await open(header, NOW);
    assertEquals([session, refused], [VISITOR, true]);
    assertEquals(present, [member, visitor]);
  }
});

Deno.test("a header is opened once, and known without waiting", async () => {
  const open = opener();
  const opened = await open(bothHeader, NOW);
  assertStrictEquals(open(bothHeader, NOW + 1), opened);
});

Deno.test("a session that has ended no longer counts, though it is known", async () => {
  const open = opener();
  const old = {
    ...MEMBER,
    startedAt: NOW - ABSOLUTE_LIFETIME_SECONDS + 60,
  };
  const header = `${visitorsHeader}; ${await holding(member, old)}`;
  assertEquals((await open(header, NOW + 59)).session, old);
  assertEquals((await open(header, NOW + 60)).session, VISITOR);
  const end = NOW + IDLE_LIFETIME_SECONDS;
  assertEquals((await open(header, end)).session, undefined);
});

Deno.test("what is remembered cannot be changed: requests share it", async () => {
  const opened = await opener()(membersHeader, NOW);
  assertThrows(() => Object.assign(opened, { session: undefined }), TypeError);
  assertThrows(() => Object.assign(opened.present, [visitor]), TypeError);
  assertThrows(
    () => Object.assign(opened.received, { [member.name]: "x" }),
    TypeError,
  );
});

Deno.test("headers with thousands of cookies make room for each other", async () => {
  const open = opener();
  const many = Array.from({ length: 4_000 }, (_, index) => `${index}=`);
  const others = many.join("; ");
  const first = await open(`${membersHeader}; ${others}`, NOW);
  // Each counts for more than 400,000 characters of 25 million.
  for (let index = 0; index < 70; index++) {
    await open(`${membersHeader}; x=${index}; ${others}`, NOW);
  }
  const again = await open(`${membersHeader}; ${others}`, NOW);
  assertEquals(again.session, MEMBER);
  assertEquals(again === first, false);
});
