import { assert, assertEquals } from "@std/assert";
import { SITE, startLocalWix } from "../src/mod.ts";
import {
  at,
  claims,
  get,
  memberTokens,
  post,
  refresh,
  token,
  visitorTokens,
} from "./helpers/http.ts";

const MY = "/members/v1/members/my";

Deno.test("access tokens are about as long as Wix's", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access: member } = await memberTokens(wix);
  const { access: visitor } = await visitorTokens(wix);
  assert(Math.abs(member.length - 1068) < 60, `member: ${member.length}`);
  assert(Math.abs(visitor.length - 918) < 60, `visitor: ${visitor.length}`);
});

Deno.test("access tokens carry the fields of a Wix instance", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access } = await memberTokens(wix);
  const instance = claims(access);
  assertEquals(at(instance, "appDefId"), SITE.clientId);
  assertEquals(at(instance, "instanceId"), SITE.instanceId);
  assertEquals(at(instance, "metaSiteId"), SITE.siteId);
  assertEquals(at(instance, "permissions"), "offline_access");
});

Deno.test("APIs take a token raw and with the Bearer scheme", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access } = await memberTokens(wix);
  for (const authorization of [access, `Bearer ${access}`]) {
    assertEquals((await get(wix, MY, { authorization })).status, 200);
  }
});

Deno.test("APIs answer 401 to no, unknown and tampered tokens", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access, refresh: refreshToken } = await memberTokens(wix);
  const [prefix, jws, header, payload] = access.split(".");
  const unsigned = [prefix, jws, header, payload, ""].join(".");
  const other = access.slice(0, -2) + (access.endsWith("AA") ? "BB" : "AA");
  for (const bad of ["", "junk", unsigned, other, refreshToken]) {
    const answer = await get(wix, MY, { authorization: bad });
    const code = at(answer.body, "details.applicationError.code");
    assertEquals([answer.status, code], [401, "UNAUTHENTICATED"]);
  }
  assertEquals((await get(wix, MY)).status, 401);
});

Deno.test("an access token counts until its last second", async () => {
  let now = Date.parse("2026-11-22T12:00:00Z");
  const clock = { now: () => now, accessTokenSeconds: 60 };
  await using wix = await startLocalWix({ port: 0, ...clock });
  const { access: authorization } = await memberTokens(wix);
  now += 59_999;
  assertEquals((await get(wix, MY, { authorization })).status, 200);
  now += 1;
  assertEquals((await get(wix, MY, { authorization })).status, 401);
});

Deno.test("expireAccessTokens() ends the tokens so far and no later ones", async () => {
  const now = () => Date.parse("2026-11-22T12:00:00Z");
  await using wix = await startLocalWix({ port: 0, now });
  const old = await memberTokens(wix);
  wix.controls.expireAccessTokens();
  const { status } = await get(wix, MY, { authorization: old.access });
  assertEquals(status, 401);
  const { body } = await refresh(wix, old.refresh);
  const authorization = String(at(body, "access_token"));
  assertEquals((await get(wix, MY, { authorization })).status, 200);
});

Deno.test("people stay logged in when local Wix is restarted", async () => {
  const before = await startLocalWix({ port: 0 });
  const { access, refresh: refreshToken } = await memberTokens(before);
  await before.close();
  await using after = await startLocalWix({ port: 0 });
  const path = `${MY}?fieldsets=EXTENDED`;
  const { body } = await get(after, path, { authorization: access });
  assertEquals(at(body, "member.loginEmail"), "ann@demo.example");
  assertEquals((await refresh(after, refreshToken)).status, 200);
});

Deno.test("POST /oauth2/token-info describes visitor, member and app tokens", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const visitor = (await visitorTokens(wix)).access;
  const member = (await memberTokens(wix)).access;
  const { body } = await token(wix, {
    grant_type: "client_credentials",
    client_secret: SITE.clientSecret,
  });
  const app = String(at(body, "access_token"));
  const subjects = [
    [visitor, "VISITOR", at(claims(visitor), "aid")],
    [member, "MEMBER", at(claims(member), "siteMemberId")],
    [app, "APP", SITE.clientId],
  ];
  for (const [subject, type, id] of subjects) {
    const info = await post(wix, "/oauth2/token-info", { token: subject });
    assertEquals(at(info.body, "active"), true);
    assertEquals(at(info.body, "subjectType"), type);
    assertEquals(at(info.body, "subjectId"), id);
    const [exp, iat] = [at(info.body, "exp"), at(info.body, "iat")];
    assertEquals(typeof exp, "string");
    assertEquals(Number(exp) - Number(iat), 14_400);
  }
});

Deno.test("POST /oauth2/token-info calls expired and unknown tokens inactive", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access } = await visitorTokens(wix);
  wix.controls.expireAccessTokens();
  for (const fields of [{ token: access }, { token: "junk" }, {}]) {
    const { body } = await post(wix, "/oauth2/token-info", fields);
    assertEquals(at(body, "active"), false);
  }
});
