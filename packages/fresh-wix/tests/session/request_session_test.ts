import {
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import type { RequestSession } from "../../src/session/request_session.ts";
import {
  IDLE_LIFETIME_SECONDS,
  type Session,
  type TokenSet,
} from "../../src/session/session.ts";
import { SessionError } from "../../src/session/session_error.ts";
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
const failing = (status: number, code?: string) => ({
  refresh: () =>
    Promise.reject(new WixError({ status, code, description: "" })),
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

Deno.test("a request without calls to Wix makes no tokens", () => {
  const { grants, session } = requestWith(undefined);
  assertEquals([session.kind, session.changed], ["visitor", false]);
  assertEquals(grants, { anonymous: 0, refresh: 0 });
});

Deno.test("parallel first calls of a visitor make one session", async () => {
  const { grants, session } = requestWith(undefined);
  const tokens = await Promise.all(
    Array.from({ length: 10 }, () => session.accessToken()),
  );
  assertEquals(new Set(tokens), new Set([session.current?.tokens.accessToken]));
  assertEquals(grants, { anonymous: 1, refresh: 0 });
  assertEquals([session.changed, session.loginChanged], [true, false]);
});

Deno.test("a token that lives is used as it is", async () => {
  const opened = member(LIVES);
  const { grants, session } = requestWith(opened);
  assertEquals(await session.accessToken(), opened.tokens.accessToken);
  assertUnchanged(session, opened);
  assertEquals(grants.refresh, 0);
});

for (const lifetime of [EXPIRED, NEAR_ITS_END]) {
  Deno.test(`a token with ${lifetime} s left is refreshed, and what changes meanwhile is kept`, async () => {
    const opened = member(lifetime);
    const { endpoint, resolve } = held();
    const { session } = requestWith(opened, endpoint);
    const token = session.accessToken();
    session.setMember({ id: "m-1", name: "Anna" });
    const fresh = newTokens();
    resolve(fresh);
    assertEquals(await token, fresh.accessToken);
    assertEquals(session.current, {
      ...opened,
      tokens: fresh,
      member: { id: "m-1", name: "Anna" },
    });
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

const refused = [[400, "unauthorized_client"], [401, "invalid_client"], [
  404,
  "not_found",
]] as const;
for (const [status, code] of refused) {
  Deno.test(`a refresh that Wix refuses with ${status} ${code} keeps the member, and says so (U28)`, async () => {
    const opened = member(EXPIRED);
    const { grants, session } = requestWith(opened, failing(status, code));
    const error = await assertRejects(
      () => session.accessToken(),
      SessionError,
    );
    assertEquals(error.code, "refresh_refused");
    assertEquals(error.cause instanceof WixError && error.cause.code, code);
    assertUnchanged(session, opened);
    assertEquals(grants.anonymous, 0);
  });
}

const outages: [who: string, opened: Session, status: number][] = [
  ["a member", member(EXPIRED), 429],
  ["a member", member(EXPIRED), 500],
  ["a member", member(EXPIRED), 503],
  ["a visitor", visitor(EXPIRED), 503],
  ["a visitor", visitor(EXPIRED), 401],
];
for (const [who, opened, status] of outages) {
  Deno.test(`a refresh that fails with ${status} keeps ${who}`, async () => {
    const { grants, session } = requestWith(opened, failing(status));
    await assertRejects(() => session.accessToken(), WixError);
    assertUnchanged(session, opened);
    assertEquals(grants.anonymous, 0);
  });
}

const ways: [
  title: string,
  getToken: (session: RequestSession) => Promise<string>,
  lifetime: number,
][] = [
  ["an expired token", (session) => session.accessToken(), EXPIRED],
  ["a token near its end", (session) => session.accessToken(), NEAR_ITS_END],
  [
    "a token that Wix rejected",
    (session) => session.refresh(session.current?.tokens.accessToken ?? ""),
    LIVES,
  ],
];
for (const [title, getToken, lifetime] of ways) {
  Deno.test(`invalid_grant for ${title} ends a member's session at once, and does not go on as a visitor (U22)`, async () => {
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

Deno.test("refresh() refreshes a token that Wix rejected though it lives, and no older one", async () => {
  const opened = member(LIVES);
  const { grants, session } = requestWith(opened);
  const token = await session.refresh(opened.tokens.accessToken);
  assertEquals(token, session.current?.tokens.accessToken);
  assertNotEquals(token, opened.tokens.accessToken);
  assertEquals(await session.refresh(opened.tokens.accessToken), token);
  assertEquals(grants.refresh, 1);
});

Deno.test("logIn() replaces a session whole (C22)", async () => {
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

const pendings: [title: string, opened: Session | undefined][] = [
  ["a member's refresh", member(EXPIRED)],
  ["a visitor's refresh", visitor(EXPIRED)],
  ["a visitor's first grant", undefined],
];
for (const [title, opened] of pendings) {
  Deno.test(`a login during ${title} has the last word (I5)`, async () => {
    const { endpoint, resolve } = held();
    const { session } = requestWith(opened, endpoint);
    const pending = session.accessToken();
    session.logIn(newTokens());
    const { current } = session;
    resolve(newTokens());
    await pending;
    assertStrictEquals(session.current, current);
  });
}

Deno.test("a login while Wix ends the old session has the last word (I5)", async () => {
  const { endpoint, reject } = held();
  const { session } = requestWith(member(EXPIRED), endpoint);
  const pending = session.accessToken();
  session.logIn(newTokens());
  const { current } = session;
  reject(new WixError({ status: 400, code: "invalid_grant", description: "" }));
  await assertRejects(() => pending);
  assertStrictEquals(session.current, current);
});

Deno.test("a login during the grant that replaces a visitor's ended session has the last word (I5)", async () => {
  const { endpoint, resolve } = held();
  const minting = Promise.withResolvers<void>();
  const { session } = requestWith(visitor(EXPIRED), {
    ...revoked,
    anonymous: () => {
      minting.resolve();
      return endpoint.anonymous();
    },
  });
  const pending = session.accessToken();
  await minting.promise;
  session.logIn(newTokens());
  resolve(newTokens());
  await pending;
  assertEquals(session.kind, "member");
});

Deno.test("calls after a logout neither wait for nor use the member's refresh (I5)", async () => {
  const { endpoint, resolve } = held();
  const { session } = requestWith(member(EXPIRED), {
    refresh: endpoint.refresh,
  });
  const pending = session.accessToken();
  session.logOut();
  const visitorToken = await session.accessToken();
  resolve(newTokens());
  assertNotEquals(await pending, visitorToken);
  assertEquals(session.kind, "visitor");
  assertEquals(session.current?.tokens.accessToken, visitorToken);
  assertEquals(session.loginChanged, true);
});

Deno.test("expiresAt is what the cookie says, and anew once it is written again", async () => {
  const expiresAt = NOW + 5;
  const { session } = requestWith(member(EXPIRED), {}, { expiresAt });
  assertEquals(session.expiresAt, NOW + 5);
  await session.accessToken();
  assertEquals(session.expiresAt, NOW + IDLE_LIFETIME_SECONDS);
  session.logOut();
  assertEquals(session.expiresAt, undefined);
});

Deno.test("printing a session shows no token (S9)", () => {
  const opened = member(LIVES);
  const { session } = requestWith(opened);
  const printed = Deno.inspect(session, { depth: 9 }) +
    JSON.stringify({ session });
  const { accessToken, refreshToken } = opened.tokens;
  for (const secret of [accessToken, refreshToken]) {
    assertEquals(printed.includes(secret), false);
  }
});

Deno.test("a SessionError keeps its code where the SDK assigns one of its own", () => {
  const error = new SessionError("session_ended");
  Object.assign(error, { code: "UNKNOWN", message: "System error occurred" });
  assertEquals(error.code, "session_ended");
});
