/** Tokens of local Wix, as far as a real site cannot show it. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { type LocalWix, SITE } from "../src/mod.ts";
import {
  appToken,
  at,
  claims,
  get,
  memberTokens,
  post,
  refresh,
  type Reply,
  textAt,
  token,
  tokensIn,
  visitorTokens,
} from "./helpers/http.ts";
import { test } from "./helpers/site.ts";

function assertRefused({ status, body }: Reply, code: string): void {
  assertEquals([status, at(body, "error")], [400, code]);
}

async function myStatus(wix: LocalWix, authorization: string): Promise<number> {
  return (await get(wix, "/members/v1/members/my", { authorization })).status;
}

test("tampered tokens and tokens of another kind are refused", async (wix) => {
  const { access, refresh: good } = await memberTokens(wix);
  const cut = (text: string) => text.slice(0, -4) + "AAAA";
  for (const bad of [access, cut(good), "JWS.a.b", "JWS.", "junk"]) {
    assertRefused(await refresh(wix, bad), "invalid_grant");
  }
  const unsigned = access.slice(0, access.lastIndexOf(".") + 1);
  for (const bad of [good, cut(access), unsigned, "junk"]) {
    assertEquals(await myStatus(wix, bad), 401, bad);
  }
});

test("strip_bound_session returns the same member, to the app only", async (wix) => {
  const { access, refresh: refreshToken } = await memberTokens(wix);
  const grantType = "strip_bound_session";
  const strip = (access_token: string, client_secret = SITE.clientSecret) =>
    token(wix, { grantType, client_secret, access_token });
  const { status, body } = await strip(access);
  assertEquals([status, at(body, "refresh_token")], [200, undefined]);
  const stripped = claims(textAt(body, "access_token"));
  assertEquals(at(stripped, "uid"), at(claims(access), "uid"));
  assertRefused(await strip(access, "wrong"), "invalid_client");
  assertRefused(await strip(refreshToken), "invalid_grant");
  wix.controls.expireAccessTokens();
  assertRefused(await strip(access), "invalid_grant");
});

test("token-info describes app tokens; expireAccessTokens() expires existing tokens", async (wix) => {
  const info = async (token: string) =>
    (await post(wix, "/oauth2/token-info", { token })).body;
  const app = await info(await appToken(wix));
  assertEquals(at(app, "subjectType"), "APP");
  assertEquals(at(app, "subjectId"), SITE.clientId);
  assertEquals(Number(at(app, "exp")) - Number(at(app, "iat")), 14_400);
  const { access } = await visitorTokens(wix);
  wix.controls.expireAccessTokens();
  assertEquals(at(await info(access), "active"), false);
  assertEquals(await myStatus(wix, access), 401);
  const { access: later } = await memberTokens(wix);
  assertEquals(await myStatus(wix, later), 200);
});

test("revokeRefreshTokens() revokes existing tokens: a member's, or all", async (wix) => {
  const ann = await memberTokens(wix);
  const ben = await memberTokens(wix, "ben@demo.example");
  const id = textAt(claims(ann.access), "siteMemberId");
  wix.controls.revokeRefreshTokens(id);
  assertRefused(await refresh(wix, ann.refresh), "invalid_grant");
  assertEquals((await refresh(wix, ben.refresh)).status, 200);
  wix.controls.revokeRefreshTokens();
  assertRefused(await refresh(wix, ben.refresh), "invalid_grant");
  const { refresh: later } = await visitorTokens(wix);
  assertEquals((await refresh(wix, later)).status, 200);
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

test("rotation strict refuses a used refresh token, even if its response was lost", async (wix) => {
  wix.controls.rotation = "strict";
  const { refresh: first } = await memberTokens(wix);
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => refresh(wix, first)),
  );
  const [won, ...more] = replies.filter(({ status }) => status === 200);
  assert(won && more.length === 0);
  const { refresh: second } = tokensIn(won);
  const lost = { kind: "reset", processed: true } as const;
  wix.controls.failNext("refresh_token", lost);
  await assertRejects(() => refresh(wix, second), TypeError);
  for (const used of [first, second]) {
    assertRefused(await refresh(wix, used), "invalid_grant");
  }
  wix.controls.reset();
  assertEquals((await refresh(wix, first)).status, 200);
});
