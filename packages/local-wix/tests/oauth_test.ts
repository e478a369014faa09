import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { type LocalWix, SITE } from "../src/mod.ts";
import {
  appToken,
  at,
  claims,
  codeGrant,
  get,
  memberTokens,
  pageUrl,
  post,
  refresh,
  type Reply,
  textAt,
  token,
  tokensIn,
  visitorTokens,
} from "./helpers/http.ts";
import { test } from "./helpers/site.ts";

const MY = "/members/v1/members/my";
const ANONYMOUS = { grantType: "anonymous" };

function assertRefused({ status, body }: Reply, code: string): void {
  assertEquals([status, at(body, "error")], [400, code]);
}

async function myStatus(wix: LocalWix, authorization: string): Promise<number> {
  return (await get(wix, MY, { authorization })).status;
}

test("an anonymous grant returns both tokens and is not cached", async (wix) => {
  const { status, headers, body } = await token(wix, ANONYMOUS);
  assertEquals([status, at(body, "expires_in")], [200, 14_400]);
  assertEquals(headers.get("cache-control"), "no-store");
  assertMatch(textAt(body, "access_token"), /^OauthNG\.JWS\.ey.+\.ey/);
  assertMatch(textAt(body, "refresh_token"), /^JWS\.ey/);
  const snake = { client_id: SITE.clientId, grant_type: "anonymous" };
  assertEquals((await post(wix, "/oauth2/token", snake)).status, 200);
});

test("access tokens have the length and the fields of Wix's", async (wix) => {
  const { access: member } = await memberTokens(wix);
  const { access: visitor } = await visitorTokens(wix);
  assert(Math.abs(member.length - 1068) < 60, `member: ${member.length}`);
  assert(Math.abs(visitor.length - 918) < 60, `visitor: ${visitor.length}`);
  const { appDefId, instanceId, metaSiteId, permissions } = Object(
    claims(member),
  );
  assertEquals(appDefId, SITE.clientId);
  assertEquals([instanceId, metaSiteId], [SITE.instanceId, SITE.siteId]);
  assertEquals(permissions, "offline_access");
});

test("a member's token remembers the visitor who logged in", async (wix) => {
  const visitor = await visitorTokens(wix);
  const grant = await codeGrant(wix, undefined, {}, visitor.access);
  const { access } = tokensIn(await token(wix, grant));
  const { aid, uid, siteMemberId } = Object(claims(access));
  assertEquals(aid, at(claims(visitor.access), "aid"));
  assertEquals(uid, siteMemberId);
});

test("a code without offline_access has no refresh token", async (wix) => {
  const grant = await codeGrant(wix, undefined, { scope: "" });
  const { status, body } = await token(wix, grant);
  assertEquals([status, at(body, "refresh_token")], [200, undefined]);
});

test("a refresh refuses what is no refresh token", async (wix) => {
  const { access, refresh: good } = await visitorTokens(wix);
  const tampered = good.slice(0, -4) + "AAAA";
  for (const bad of [access, tampered, "JWS.a.b", "JWS.", "junk"]) {
    assertRefused(await refresh(wix, bad), "invalid_grant");
  }
});

test("APIs refuse unsigned and tampered tokens", async (wix) => {
  const { access, refresh: refreshToken } = await memberTokens(wix);
  const unsigned = access.slice(0, access.lastIndexOf(".") + 1);
  const other = access.slice(0, -2) + (access.endsWith("AA") ? "BB" : "AA");
  for (const bad of ["junk", unsigned, other, refreshToken]) {
    assertEquals(await myStatus(wix, bad), 401, bad);
  }
});

test("an app token has no refresh token, and needs secret and instance", async (wix) => {
  const fields = {
    grant_type: "client_credentials",
    client_secret: SITE.clientSecret,
  };
  const { body } = await token(wix, fields);
  assertEquals(at(body, "token_type"), "Bearer");
  assertEquals(at(body, "refresh_token"), undefined);
  const guess = { ...fields, client_secret: "guess" };
  assertRefused(await token(wix, guess), "invalid_client");
  const elsewhere = { ...fields, instance_id: SITE.clientId };
  assertRefused(await token(wix, elsewhere), "invalid_request");
});

test("the token endpoint names unknown clients and grants", async (wix) => {
  const unknown = { ...ANONYMOUS, clientId: SITE.siteId };
  assertRefused(await token(wix, unknown), "invalid_client");
  const password = await token(wix, { grantType: "password" });
  assertRefused(password, "unsupported_grant_type");
  assertRefused(await token(wix, {}), "invalid_request");
});

test("strip_bound_session returns the same member, to the app only", async (wix) => {
  const { access, refresh: refreshToken } = await memberTokens(wix);
  const strip = (access_token: string, client_secret = SITE.clientSecret) =>
    post(wix, "/oauth2/token", {
      grant_type: "strip_bound_session",
      client_secret,
      access_token,
    });
  const { status, body } = await strip(access);
  assertEquals([status, at(body, "refresh_token")], [200, undefined]);
  const stripped = claims(textAt(body, "access_token"));
  assertEquals(at(stripped, "uid"), at(claims(access), "uid"));
  assertRefused(await strip(access, "wrong"), "invalid_client");
  assertRefused(await strip(refreshToken), "invalid_grant");
  wix.controls.expireAccessTokens();
  assertRefused(await strip(access), "invalid_grant");
});

test("token-info describes app tokens, and tells when one has expired", async (wix) => {
  const info = async (token: string) =>
    (await post(wix, "/oauth2/token-info", { token })).body;
  const app = await info(await appToken(wix));
  assertEquals(at(app, "subjectType"), "APP");
  assertEquals(at(app, "subjectId"), SITE.clientId);
  assertEquals(Number(at(app, "exp")) - Number(at(app, "iat")), 14_400);
  const { access } = await visitorTokens(wix);
  wix.controls.expireAccessTokens();
  assertEquals(at(await info(access), "active"), false);
});

test("revokeRefreshTokens() ends the tokens so far: all, or a member's", async (wix) => {
  const ann = await memberTokens(wix, "ann@demo.example");
  const ben = await memberTokens(wix, "ben@demo.example");
  wix.controls.revokeRefreshTokens(
    textAt(claims(ann.access), "siteMemberId"),
  );
  assertRefused(await refresh(wix, ann.refresh), "invalid_grant");
  assertEquals((await refresh(wix, ben.refresh)).status, 200);
  wix.controls.revokeRefreshTokens();
  assertRefused(await refresh(wix, ben.refresh), "invalid_grant");
  const { refresh: later } = await visitorTokens(wix);
  assertEquals((await refresh(wix, later)).status, 200);
});

test("expireAccessTokens() ends the tokens so far and no later ones", async (wix) => {
  const { access, refresh: refreshToken } = await memberTokens(wix);
  wix.controls.expireAccessTokens();
  assertEquals(await myStatus(wix, access), 401);
  const { access: later } = tokensIn(await refresh(wix, refreshToken));
  assertEquals(await myStatus(wix, later), 200);
});

test("an access token is valid until its last second, on Wix's clock", async (wix) => {
  wix.controls.now = Math.ceil(Date.now() / 1000) * 1000;
  wix.controls.accessTokenSeconds = 600;
  const { access, refresh: refreshToken } = await memberTokens(wix);
  const { clockOffsetSeconds: start } = wix.controls;
  for (const [seconds, status] of [[590, 200], [601, 401], [-3600, 200]]) {
    wix.controls.clockOffsetSeconds = start + Number(seconds);
    assertEquals(await myStatus(wix, access), status, `after ${seconds} s`);
  }
  const early = tokensIn(await refresh(wix, refreshToken)).access;
  wix.controls.clockOffsetSeconds = start;
  assertEquals(await myStatus(wix, early), 401);
});

test("rotation off repeats the refresh token that was sent", async (wix) => {
  wix.controls.rotation = "off";
  const before = await memberTokens(wix);
  const after = tokensIn(await refresh(wix, before.refresh));
  assertEquals(after.refresh, before.refresh);
  assertNotEquals(after.access, before.access);
  assertEquals(await myStatus(wix, after.access), 200);
});

test("rotation strict refuses a used refresh token from then on", async (wix) => {
  const { refresh: first } = await memberTokens(wix);
  await refresh(wix, first);
  wix.controls.rotation = "strict";
  const { refresh: second } = tokensIn(await refresh(wix, first));
  for (let attempt = 0; attempt < 2; attempt++) {
    assertRefused(await refresh(wix, first), "invalid_grant");
  }
  const { access, refresh: third } = tokensIn(await refresh(wix, second));
  assertEquals(new Set([first, second, third]).size, 3);
  assertEquals(await myStatus(wix, access), 200);
  wix.controls.reset();
  assertEquals((await refresh(wix, first)).status, 200);
});

test("rotation strict lets one of many parallel refreshes win", async (wix) => {
  wix.controls.rotation = "strict";
  const { refresh: shared } = await visitorTokens(wix);
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => refresh(wix, shared)),
  );
  const won = replies.filter(({ status }) => status === 200);
  assertEquals(won.length, 1);
});

test("rotation strict uses up a token whose response was lost", async (wix) => {
  wix.controls.rotation = "strict";
  const { refresh: old } = await memberTokens(wix);
  const fault = { kind: "reset", processed: true } as const;
  wix.controls.failNext("refresh_token", fault);
  await assertRejects(() => refresh(wix, old), TypeError);
  assertRefused(await refresh(wix, old), "invalid_grant");
});

test("tokens live on until the logout page is visited", async (wix) => {
  const tokens = await memberTokens(wix);
  const logout = { logout: { clientId: SITE.clientId } };
  const url = await pageUrl(wix, logout, tokens.access);
  assertEquals((await refresh(wix, tokens.refresh)).status, 200);
  await (await fetch(url)).body?.cancel();
  assertRefused(await refresh(wix, tokens.refresh), "invalid_grant");
});
