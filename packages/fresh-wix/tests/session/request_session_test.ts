import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { InvalidGrantError } from "../../src/oauth/token_endpoint.ts";
import {
  RequestSession,
  SessionEndedError,
  SessionInDoubtError,
  SessionNotRenewedError,
} from "../../src/session/request_session.ts";
import {
  IDLE_LIFETIME_SECONDS,
  type MemberSession,
  type Session,
  type TokenSet,
  type VisitorSession,
} from "../../src/session/session.ts";
import { WixError } from "../../src/wix/wix_error.ts";

const NOW = 1_800_000_000;
let serial = 0;

/** Tokens nobody else has: refreshes are shared within the process. */
function newTokens(lifetime: number): TokenSet {
  serial++;
  return {
    accessToken: `access-${serial}`,
    refreshToken: `refresh-${serial}`,
    expiresAt: NOW + lifetime,
  };
}

const member = (lifetime: number): MemberSession => ({
  kind: "member",
  id: "session-1",
  tokens: newTokens(lifetime),
  startedAt: NOW - 100,
  member: { id: "m-1", name: "Ann" },
});
const visitor = (lifetime: number): VisitorSession => ({
  kind: "visitor",
  id: "session-1",
  tokens: newTokens(lifetime),
  startedAt: NOW - 100,
});

function open(
  session: Session | undefined,
  refresh: (token: string) => Promise<TokenSet> = () =>
    Promise.resolve(newTokens(14_400)),
  doubted = false,
) {
  const calls = { anonymous: 0, refresh: 0 };
  const opened = new RequestSession(session, {
    now: () => NOW,
    jitter: () => 0,
    doubted,
    tokenEndpoint: {
      anonymous: () => {
        calls.anonymous++;
        return Promise.resolve(newTokens(14_400));
      },
      refresh: (token) => {
        calls.refresh++;
        return refresh(token);
      },
    },
  });
  return { calls, session: opened };
}

const unavailable = () =>
  Promise.reject(
    new WixError({
      status: 503,
      code: undefined,
      description: "",
      requestId: undefined,
    }),
  );
const revoked = () => Promise.reject(new InvalidGrantError("revoked"));

Deno.test("a request that calls no Wix makes no tokens", () => {
  const { calls, session } = open(undefined);
  assertEquals(session.kind, "visitor");
  assertEquals(session.changed, false);
  assertEquals(calls, { anonymous: 0, refresh: 0 });
});

Deno.test("parallel first calls of a visitor make one session", async () => {
  const { calls, session } = open(undefined);
  const tokens = await Promise.all(
    Array.from({ length: 10 }, () => session.accessToken()),
  );
  assertEquals(new Set(tokens).size, 1);
  assertEquals(calls, { anonymous: 1, refresh: 0 });
  assertEquals(session.changed, true);
});

Deno.test("a live token is used as it is", async () => {
  const opened = member(14_400);
  const { calls, session } = open(opened);
  assertEquals(await session.accessToken(), opened.tokens.accessToken);
  assertEquals(session.changed, false);
  assertEquals(calls, { anonymous: 0, refresh: 0 });
});

Deno.test("an expired token is refreshed once by parallel requests", async () => {
  const opened = member(-1);
  const { promise, resolve } = Promise.withResolvers<TokenSet>();
  const { calls, session } = open(opened, () => promise);
  const other = open(opened, unavailable);
  const waiting = [
    session.accessToken(),
    session.accessToken(),
    other.session.accessToken(),
  ];
  const fresh = newTokens(14_400);
  resolve(fresh);
  const tokens = await Promise.all(waiting);
  assertEquals(new Set(tokens), new Set([fresh.accessToken]));
  assertEquals(calls.refresh + other.calls.refresh, 1);
  assertEquals(session.current, { ...opened, tokens: fresh });
  assertEquals(other.session.changed, true);
});

Deno.test("tokens that differ in one character share no refresh (I12)", async () => {
  const first = member(-1);
  const second: MemberSession = {
    ...first,
    tokens: { ...first.tokens, refreshToken: `${first.tokens.refreshToken}0` },
  };
  const [a, b] = [open(first), open(second)];
  await Promise.all([a.session.accessToken(), b.session.accessToken()]);
  assertEquals([a.calls.refresh, b.calls.refresh], [1, 1]);
});

Deno.test("a token near its end is used, and renewed meanwhile", async () => {
  const opened = member(60);
  const { promise, resolve } = Promise.withResolvers<TokenSet>();
  const { calls, session } = open(opened, () => promise);
  assertEquals(await session.accessToken(), opened.tokens.accessToken);
  assertEquals(await session.accessToken(), opened.tokens.accessToken);
  assertEquals(calls.refresh, 1);
  const fresh = newTokens(14_400);
  resolve(fresh);
  await session.settled();
  assertEquals(await session.accessToken(), fresh.accessToken);
  assertEquals(session.changed, true);
  assertEquals(session.current, { ...opened, tokens: fresh });
});

Deno.test("a token near its end is left as it is while refreshes fail (U12)", async () => {
  const opened = member(60);
  const calls = { refresh: 0 };
  const session = new RequestSession(opened, {
    now: () => NOW,
    jitter: () => 0,
    doubted: false,
    isSilent: () => true,
    tokenEndpoint: {
      anonymous: unavailable,
      refresh: () => {
        calls.refresh++;
        return unavailable();
      },
    },
  });
  assertEquals(await session.accessToken(), opened.tokens.accessToken);
  assertEquals(calls.refresh, 0);
});

Deno.test("a failing refresh uses the token while it lives (U12)", async () => {
  const opened = member(60);
  const { session } = open(opened, unavailable);
  assertEquals(await session.accessToken(), opened.tokens.accessToken);
  await session.settled();
  assertEquals(session.changed, false);
  assertStrictEquals(session.current, opened);
});

Deno.test("a failing refresh of an expired token keeps the member", async () => {
  const opened = member(-1);
  const { calls, session } = open(opened, unavailable);
  await assertRejects(() => session.accessToken(), WixError);
  assertStrictEquals(session.current, opened);
  assertEquals(session.changed, false);
  assertEquals(calls.anonymous, 0);
});

Deno.test("the first invalid_grant of a member is a doubt, not an end", async () => {
  const opened = member(-1);
  const { calls, session } = open(opened, revoked);
  await assertRejects(() => session.accessToken(), SessionInDoubtError);
  assertStrictEquals(session.current, opened);
  assertStrictEquals(session.inDoubt, opened);
  assertEquals(session.ended, undefined);
  assertEquals(calls.anonymous, 0);
});

Deno.test("the second invalid_grant ends a member's session and does not go on as a visitor (U22)", async () => {
  const opened = member(-1);
  const { calls, session } = open(opened, revoked, true);
  await assertRejects(() => session.accessToken(), SessionEndedError);
  assertEquals(session.current, undefined);
  assertStrictEquals(session.ended, opened);
  assertEquals(session.changed, true);
  assertEquals(calls.anonymous, 0);
});

for (const doubted of [false, true]) {
  Deno.test(`invalid_grant ends nothing while the token lives, doubted ${doubted}`, async () => {
    const opened = member(60);
    const { session } = open(opened, revoked, doubted);
    assertEquals(await session.accessToken(), opened.tokens.accessToken);
    await session.settled();
    assertStrictEquals(session.current, opened);
    assertEquals(session.ended, undefined);
    assertStrictEquals(session.inDoubt, doubted ? undefined : opened);
  });
}

Deno.test("a living token that Wix refused ends the session with the second invalid_grant", async () => {
  const opened = member(60);
  const { session } = open(opened, revoked, true);
  const token = await session.accessToken();
  await assertRejects(() => session.renew(token), SessionEndedError);
  assertStrictEquals(session.ended, opened);
});

Deno.test("settled() does not wait for anything when nothing is renewed", async () => {
  const { calls, session } = open(member(14_400));
  await session.accessToken();
  await session.settled();
  assertEquals(calls, { anonymous: 0, refresh: 0 });
  assertEquals(session.changed, false);
});

Deno.test("invalid_grant gives a visitor a new session", async () => {
  const { calls, session } = open(visitor(-1), revoked);
  await session.accessToken();
  assertEquals(session.kind, "visitor");
  assertEquals(calls, { anonymous: 1, refresh: 1 });
});

Deno.test("renew() refreshes a token that Wix refused though it lives", async () => {
  const opened = member(14_400);
  const { calls, session } = open(opened);
  const token = await session.renew(opened.tokens.accessToken);
  assertEquals(token, session.current?.tokens.accessToken);
  assertEquals(token === opened.tokens.accessToken, false);
  assertEquals(calls.refresh, 1);
});

Deno.test("renew() does nothing for a token that was replaced already", async () => {
  const opened = member(14_400);
  const { calls, session } = open(opened);
  await session.renew("an-older-token");
  assertEquals(calls.refresh, 0);
});

Deno.test("a logout during a refresh has the last word (I5)", async () => {
  const { promise, resolve } = Promise.withResolvers<TokenSet>();
  const { session } = open(member(-1), () => promise);
  const pending = session.accessToken();
  session.signOut();
  resolve(newTokens(14_400));
  await pending;
  assertEquals(session.current, undefined);
  assertEquals(session.ended?.id, "session-1");
});

Deno.test("signIn() replaces the visitor's session whole (C22)", async () => {
  const { session } = open(visitor(14_400));
  const tokens = newTokens(14_400);
  session.signIn(tokens);
  // It has a cookie of its own, which cannot stand in for the member's.
  assertEquals(session.ended, undefined);
  assertEquals(session.kind, "member");
  assertEquals(session.member, undefined);
  assertEquals(await session.accessToken(), tokens.accessToken);
});

Deno.test("signIn() ends the session of another member (C22)", () => {
  const replaced = member(14_400);
  const { session } = open(replaced);
  session.signIn(newTokens(14_400));
  assertStrictEquals(session.ended, replaced);
  assertEquals(session.member, undefined);
});

Deno.test("signOut() keeps in mind a session that Wix ended just before", async () => {
  const opened = member(-1);
  const { session } = open(opened, revoked, true);
  await assertRejects(() => session.accessToken(), SessionEndedError);
  session.signOut();
  assertStrictEquals(session.ended, opened);
});

Deno.test("a doubt ends with the session that it is about", async () => {
  const { session } = open(member(-1), revoked);
  await assertRejects(() => session.accessToken(), SessionInDoubtError);
  session.signOut();
  assertEquals(session.inDoubt, undefined);
});

/** A session whose next grant or refresh waits for `resolve`. */
function waiting(opened: Session | undefined) {
  const { promise, resolve } = Promise.withResolvers<TokenSet>();
  const session = new RequestSession(opened, {
    now: () => NOW,
    jitter: () => 0,
    doubted: false,
    tokenEndpoint: { anonymous: () => promise, refresh: () => promise },
  });
  return { session, resolve };
}

Deno.test("a login during a visitor's first grant has the last word (I5)", async () => {
  const { session, resolve } = waiting(undefined);
  const pending = session.accessToken();
  session.signIn(newTokens(14_400));
  const { id } = session.current ?? {};
  resolve(newTokens(14_400));
  await pending;
  assertEquals(session.kind, "member");
  assertEquals(session.current?.id, id);
});

Deno.test("a login during the grant that replaces a visitor's dead session has the last word (I5)", async () => {
  const { promise, resolve } = Promise.withResolvers<TokenSet>();
  const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
  const session = new RequestSession(visitor(-1), {
    now: () => NOW,
    jitter: () => 0,
    doubted: false,
    tokenEndpoint: {
      anonymous: () => {
        onAsked();
        return promise;
      },
      refresh: revoked,
    },
  });
  const pending = session.accessToken();
  await asked;
  session.signIn(newTokens(14_400));
  resolve(newTokens(14_400));
  await pending;
  assertEquals(session.kind, "member");
});

Deno.test("a login while Wix refuses the old session for good has the last word (I5)", async () => {
  const { promise, reject } = Promise.withResolvers<TokenSet>();
  const { session } = open(member(-1), () => promise, true);
  const pending = session.accessToken();
  session.signIn(newTokens(14_400));
  const { current } = session;
  reject(new InvalidGrantError("revoked"));
  await assertRejects(() => pending);
  assertStrictEquals(session.current, current);
});

Deno.test("calls after a logout do not wait for, or use, the member's renewal", async () => {
  const { promise, resolve } = Promise.withResolvers<TokenSet>();
  const { session } = open(member(-1), () => promise);
  const pending = session.accessToken();
  session.signOut();
  const visitorToken = await session.accessToken();
  resolve(newTokens(14_400));
  assertEquals(visitorToken === await pending, false);
  assertEquals(session.kind, "visitor");
  assertEquals(session.current?.tokens.accessToken, visitorToken);
});

Deno.test("a name that is learnt during a renewal is kept, and so are the tokens", async () => {
  const { session, resolve } = waiting(member(-1));
  const pending = session.accessToken();
  session.remember({ id: "m-1", name: "Anna" });
  const fresh = newTokens(14_400);
  resolve(fresh);
  await pending;
  assertEquals(session.member?.name, "Anna");
  assertEquals(session.current?.tokens, fresh);
});

const refused = (status: number, code: string) => () =>
  Promise.reject(
    new WixError({ status, code, description: "", requestId: undefined }),
  );

for (
  const [status, code] of [
    [400, "unauthorized_client"],
    [401, "invalid_client"],
    [404, "not_found"],
  ] as const
) {
  Deno.test(`a refresh answered ${status} ${code} keeps the member, and says so (U28)`, async () => {
    const opened = member(-1);
    const { calls, session } = open(opened, refused(status, code));
    const error = await assertRejects(
      () => session.accessToken(),
      SessionNotRenewedError,
    );
    const cause = error instanceof Error ? error.cause : undefined;
    assertEquals(cause instanceof WixError && cause.code, code);
    assertStrictEquals(session.current, opened);
    assertEquals(session.changed, false);
    assertEquals(calls.anonymous, 0);
  });
}

Deno.test("a visitor's refresh that is refused is no reason to log in", async () => {
  const opened = visitor(-1);
  const { session } = open(opened, refused(401, "invalid_client"));
  await assertRejects(() => session.accessToken(), WixError);
  assertStrictEquals(session.current, opened);
});

for (const status of [429, 500, 503]) {
  Deno.test(`a refresh answered ${status} is an outage`, async () => {
    const { session } = open(member(-1), refused(status, "x"));
    await assertRejects(() => session.accessToken(), WixError);
  });
}

Deno.test("expiresAt is what the cookie says, and anew once it is written again", async () => {
  const opened = member(-1);
  const session = new RequestSession(opened, {
    now: () => NOW,
    jitter: () => 0,
    doubted: false,
    expiresAt: NOW + 5,
    tokenEndpoint: {
      anonymous: () => Promise.resolve(newTokens(14_400)),
      refresh: () => Promise.resolve(newTokens(14_400)),
    },
  });
  assertEquals(session.expiresAt, NOW + 5);
  await session.accessToken();
  assertEquals(session.expiresAt, NOW + IDLE_LIFETIME_SECONDS);
  session.signOut();
  assertEquals(session.expiresAt, undefined);
});

Deno.test("printing a session shows no token (S9)", () => {
  const opened = member(14_400);
  const { session } = open(opened);
  const printed = Deno.inspect(session, { depth: 9 }) +
    JSON.stringify({ session });
  for (
    const secret of [opened.tokens.accessToken, opened.tokens.refreshToken]
  ) {
    assertEquals(printed.includes(secret), false);
  }
});

Deno.test("a doubt about old tokens is none about those of a login", async () => {
  const refused = () => Promise.reject(new InvalidGrantError("no"));
  const { session } = open(member(14_400), refused, true);
  const tokens = newTokens(14_400);
  session.signIn(tokens);
  await assertRejects(
    () => session.renew(tokens.accessToken),
    SessionInDoubtError,
  );
  assertEquals(session.kind, "member");
});
