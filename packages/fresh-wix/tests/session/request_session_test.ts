import {
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import type { RequestSession } from "../../src/session/request_session.ts";
import {
  IDLE_LIFETIME_SECONDS,
  type Session,
  type TokenSet,
} from "../../src/session/session.ts";
import { SessionError } from "../../src/session/session_error.ts";
import { createSessionView } from "../../src/session/session_view.ts";
import { WixError } from "../../src/wix/wix_error.ts";
import {
  MEMBER,
  newTokens,
  NOW,
  requestWith,
  VISITOR,
} from "../helpers/sessions.ts";

const LIVES = 14_400;
const NEAR_ITS_END = 60;
const EXPIRED = -1;

const member = (lifetime: number) => ({
  ...MEMBER,
  tokens: newTokens(lifetime),
});
const visitor = (lifetime: number) => ({
  ...VISITOR,
  tokens: newTokens(lifetime),
});
const wixError = (status: number, code?: string) =>
  new WixError({ status, code, description: "" });
const failing = (status: number, code?: string) => ({
  refresh: () => Promise.reject(wixError(status, code)),
});
const revoked = failing(400, "invalid_grant");

/** Grants that wait until they are given tokens. */
function held() {
  const { promise, resolve, reject } = Promise.withResolvers<TokenSet>();
  const endpoint = { anonymous: () => promise, refresh: () => promise };
  return { endpoint, resolve, reject };
}

function assertUnchanged(session: RequestSession, opened: Session): void {
  assertStrictEquals(session.current, opened);
  assertEquals(session.changed, false);
}

Deno.test("parallel first calls of a visitor start one session; without calls there is none", async () => {
  const { grants, session } = requestWith(undefined);
  assertEquals([session.kind, session.changed], ["visitor", false]);
  assertEquals(grants, { anonymous: 0, refresh: 0 });
  const calls = Array.from({ length: 10 }, () => session.accessToken());
  const tokens = new Set(await Promise.all(calls));
  assertEquals(tokens, new Set([session.current?.tokens.accessToken]));
  assertEquals(grants, { anonymous: 1, refresh: 0 });
  assertEquals([session.changed, session.loginChanged], [true, false]);
});

Deno.test("a valid token is used unchanged, and an unchanged name sets no cookie", async () => {
  const opened = member(LIVES);
  const { grants, session } = requestWith(opened);
  assertEquals(await session.accessToken(), opened.tokens.accessToken);
  session.setMember({ ...MEMBER.member, id: "m-1", name: "Ann" });
  assertUnchanged(session, opened);
  assertEquals(grants.refresh, 0);
});

for (const lifetime of [EXPIRED, NEAR_ITS_END]) {
  Deno.test(`a token with ${lifetime} s left is refreshed, and what changes meanwhile is kept`, async () => {
    const opened = member(lifetime);
    const { endpoint, resolve } = held();
    const { session } = requestWith(opened, endpoint);
    const token = session.accessToken();
    const anna = { id: "m-1", name: "Anna" };
    session.setMember(anna);
    const tokens = newTokens();
    resolve(tokens);
    assertEquals(await token, tokens.accessToken);
    assertEquals(session.current, { ...opened, tokens, member: anna });
    assertEquals([session.changed, session.loginChanged], [true, false]);
  });
}

for (const status of [429, 500, 503, 401]) {
  Deno.test(`an early refresh that fails with ${status} uses the token while it lives (U12)`, async () => {
    const opened = member(NEAR_ITS_END);
    const { session } = requestWith(opened, failing(status));
    assertEquals(await session.accessToken(), opened.tokens.accessToken);
    assertUnchanged(session, opened);
  });
}

const kept: [who: string, opened: Session, status: number, code?: string][] = [
  ["a member", member(EXPIRED), 400, "unauthorized_client"],
  ["a member", member(EXPIRED), 401, "invalid_client"],
  ["a member", member(EXPIRED), 404, "not_found"],
  ["a member", member(EXPIRED), 429],
  ["a member", member(EXPIRED), 500],
  ["a member", member(EXPIRED), 503],
  ["a visitor", visitor(EXPIRED), 503],
  ["a visitor", visitor(EXPIRED), 401],
];
for (const [who, opened, status, code] of kept) {
  Deno.test(`a refresh that fails with ${status} keeps ${who}, and says so (U28)`, async () => {
    const { grants, session } = requestWith(opened, failing(status, code));
    const error = await assertRejects(() => session.accessToken(), Error);
    const { cause = error } = error;
    assertEquals(cause instanceof WixError && cause.code, code);
    const sessionCode = error instanceof SessionError && error.code;
    assertEquals(sessionCode, code !== undefined && "refresh_refused");
    assertUnchanged(session, opened);
    assertEquals(grants.anonymous, 0);
  });
}

type GetToken = (session: RequestSession) => Promise<string>;
const accessToken: GetToken = (session) => session.accessToken();
const refreshed: GetToken = (session) =>
  session.refresh(session.current?.tokens.accessToken ?? "");
const ways: [title: string, getToken: GetToken, lifetime: number][] = [
  ["an expired token", accessToken, EXPIRED],
  ["a token near its end", accessToken, NEAR_ITS_END],
  ["a token that Wix rejected", refreshed, LIVES],
];
for (const [title, getToken, lifetime] of ways) {
  Deno.test(`invalid_grant for ${title} ends a member's session at once, and does not continue as a visitor (U22)`, async () => {
    const { grants, session } = requestWith(member(lifetime), revoked);
    const error = await assertRejects(() => getToken(session), SessionError);
    assertEquals(error.code, "session_ended");
    assertEquals(session.current, undefined);
    assertEquals([session.changed, session.loginChanged], [true, false]);
    assertEquals(grants.anonymous, 0);
  });

  Deno.test(`invalid_grant for ${title} gives a visitor a new session`, async () => {
    const opened = visitor(lifetime);
    const { grants, session } = requestWith(opened, revoked);
    assertEquals(await getToken(session), session.current?.tokens.accessToken);
    assertEquals(session.kind, "visitor");
    assertNotEquals(session.current?.id, opened.id);
    assertEquals(grants, { anonymous: 1, refresh: 1 });
  });
}

Deno.test("refresh() refreshes a valid token that Wix rejected, but no older one", async () => {
  const opened = member(LIVES);
  const { grants, session } = requestWith(opened);
  const token = await session.refresh(opened.tokens.accessToken);
  assertEquals(token, session.current?.tokens.accessToken);
  assertNotEquals(token, opened.tokens.accessToken);
  assertEquals(await session.refresh(opened.tokens.accessToken), token);
  assertEquals(grants.refresh, 1);
});

Deno.test("logIn() replaces a session entirely (C22)", async () => {
  for (const opened of [visitor(LIVES), member(LIVES)]) {
    const { session } = requestWith(opened);
    const tokens = newTokens();
    session.logIn(tokens);
    assertEquals([session.kind, session.member], ["member", undefined]);
    assertNotEquals(session.current?.id, opened.id);
    assertEquals(await session.accessToken(), tokens.accessToken);
    assertEquals(session.loginChanged, true);
  }
});

const pendings: [title: string, opened: Session | undefined, isEnd?: true][] = [
  ["a member's refresh", member(EXPIRED)],
  ["a visitor's refresh", visitor(EXPIRED)],
  ["a visitor's first grant", undefined],
  ["the end of a member's session", member(EXPIRED), true],
];
for (const [title, opened, isEnd] of pendings) {
  Deno.test(`a login during ${title} wins (I5)`, async () => {
    const { endpoint, resolve, reject } = held();
    const { session } = requestWith(opened, endpoint);
    const pending = session.accessToken();
    session.logIn(newTokens());
    const { current } = session;
    if (isEnd) reject(wixError(400, "invalid_grant"));
    else resolve(newTokens());
    await pending.catch(() => {});
    assertStrictEquals(session.current, current);
  });
}

Deno.test("a login during the grant that replaces a visitor's ended session wins (I5)", async () => {
  const { endpoint, resolve } = held();
  const minting = Promise.withResolvers<void>();
  const anonymous = () => {
    minting.resolve();
    return endpoint.anonymous();
  };
  const { session } = requestWith(visitor(EXPIRED), { ...revoked, anonymous });
  const pending = session.accessToken();
  await minting.promise;
  session.logIn(newTokens());
  resolve(newTokens());
  await pending;
  assertEquals(session.kind, "member");
});

Deno.test("calls after a logout neither wait for nor use the member's refresh (I5)", async () => {
  const { endpoint: { refresh }, resolve } = held();
  const { session } = requestWith(member(EXPIRED), { refresh });
  const pending = session.accessToken();
  session.logOut();
  const visitorToken = await session.accessToken();
  resolve(newTokens());
  assertNotEquals(await pending, visitorToken);
  assertEquals(session.kind, "visitor");
  assertEquals(session.current?.tokens.accessToken, visitorToken);
  assertEquals(session.loginChanged, true);
});

Deno.test("expiresAt comes from the cookie, and is updated when it is rewritten", async () => {
  const options = { expiresAt: NOW + 5 };
  const { session } = requestWith(member(EXPIRED), {}, options);
  assertEquals(session.expiresAt, NOW + 5);
  await session.accessToken();
  assertEquals(session.expiresAt, NOW + IDLE_LIFETIME_SECONDS);
  session.logOut();
  assertEquals(session.expiresAt, undefined);
});

const uses: [what: string, use: (session: RequestSession) => unknown][] = [
  ["a page that reads it", (session) => createSessionView(session).kind],
  ["a call to Wix", (session) => session.accessToken()],
];
for (const [what, use] of uses) {
  Deno.test(`${what} uses a session, which is refused after a cacheable response has started`, async () => {
    const { session } = requestWith(member(LIVES));
    assertEquals(session.isUsed, false);
    await use(session);
    assertEquals(session.isUsed, true);
    session.forbidUse();
    await assertRejects(async () => await use(session), Error, "Cache-Control");
    assertThrows(() => session.noteUse(), Error, "Cache-Control");
  });
}

Deno.test("printing a session shows no token (S9)", () => {
  const { session } = requestWith(member(LIVES));
  const shown = { session, view: createSessionView(session) };
  const printed = Deno.inspect(shown, { depth: 9 }) + JSON.stringify(shown);
  assertEquals(/access-\d|refresh-\d/.test(printed), false);
});

Deno.test("early refreshes are skipped while they fail at Wix (U6)", async () => {
  const opened = member(NEAR_ITS_END);
  const failing = { isFailing: () => true };
  const { grants, session } = requestWith(opened, failing);
  assertEquals(await session.accessToken(), opened.tokens.accessToken);
  assertEquals(grants.refresh, 0);
  const expired = requestWith(member(EXPIRED), failing);
  await expired.session.accessToken();
  assertEquals(expired.grants.refresh, 1);
});
