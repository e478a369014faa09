import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { SITE, startLocalWix } from "../src/mod.ts";
import {
  type Answer,
  at,
  claims,
  codeGrant,
  get,
  memberTokens,
  post,
  refresh,
  token,
  tokensIn,
  visitorTokens,
} from "./helpers/http.ts";
import { SdkRig } from "./helpers/sdk.ts";

Deno.test("anonymous grant answers access token, refresh token and lifetime", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { status, headers, body } = await token(wix, {
    grantType: "anonymous",
  });
  assertEquals(status, 200);
  assertEquals(headers.get("cache-control"), "no-store");
  assertMatch(headers.get("x-wix-request-id") ?? "", /^\d{10}\.\d{15}$/);
  assertEquals(at(body, "expires_in"), 14_400);
  assertMatch(String(at(body, "access_token")), /^OauthNG\.JWS\.ey.+\.ey/);
  assertMatch(String(at(body, "refresh_token")), /^JWS\.ey/);
});

Deno.test("anonymous grant makes a new visitor each time", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const [one, other] = [await visitorTokens(wix), await visitorTokens(wix)];
  const [first, second] = [claims(one.access), claims(other.access)];
  assertNotEquals(at(first, "aid"), at(second, "aid"));
});

Deno.test("POST /oauth2/token takes JSON in snake case and forms", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const fields = { client_id: SITE.clientId, grant_type: "anonymous" };
  const json = await post(wix, "/oauth2/token", fields);
  const form = await post(wix, "/oauth2/token", new URLSearchParams(fields));
  assertEquals([json.status, form.status], [200, 200]);
});

Deno.test("refresh_token grant keeps a visitor the same visitor", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const before = await visitorTokens(wix);
  const after = tokensIn(await refresh(wix, before.refresh));
  assertNotEquals(after.access, before.access);
  assertEquals(
    at(claims(after.access), "aid"),
    at(claims(before.access), "aid"),
  );
});

Deno.test("refresh_token grant keeps a member a member", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const before = await memberTokens(wix);
  const after = tokensIn(await refresh(wix, before.refresh));
  const path = "/members/v1/members/my?fieldsets=EXTENDED";
  const { body } = await get(wix, path, { authorization: after.access });
  assertEquals(at(body, "member.loginEmail"), "ann@demo.example");
});

Deno.test("refresh_token grant answers a new token and keeps the old one", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { refresh: old } = await memberTokens(wix);
  const renewed = tokensIn(await refresh(wix, old)).refresh;
  assertNotEquals(renewed, old);
  const statuses = [await refresh(wix, old), await refresh(wix, renewed)]
    .map(({ status }) => status);
  assertEquals(statuses, [200, 200]);
});

Deno.test("refresh_token grant refuses a revoked token with invalid_grant", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { refresh: old } = await visitorTokens(wix);
  wix.controls.revokeRefreshTokens();
  assertRefused(await refresh(wix, old), "invalid_grant");
  const { refresh: later } = await visitorTokens(wix);
  assertEquals((await refresh(wix, later)).status, 200);
});

Deno.test("revokeRefreshTokens(memberId) ends that member's tokens only", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const ann = await memberTokens(wix, "ann@demo.example");
  const ben = await memberTokens(wix, "ben@demo.example");
  wix.controls.revokeRefreshTokens(
    String(at(claims(ann.access), "siteMemberId")),
  );
  assertRefused(await refresh(wix, ann.refresh), "invalid_grant");
  assertEquals((await refresh(wix, ben.refresh)).status, 200);
});

Deno.test("refresh_token grant refuses what is not a refresh token", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access, refresh: good } = await visitorTokens(wix);
  const tampered = good.slice(0, -4) + "AAAA";
  for (const bad of [access, tampered, "JWS.a.b", "JWS.", "junk"]) {
    assertRefused(await refresh(wix, bad), "invalid_grant");
  }
});

Deno.test("authorization_code grant needs the verifier of its challenge", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const grant = await codeGrant(wix);
  const guess = { ...grant, codeVerifier: "w".repeat(43) };
  assertRefused(await token(wix, guess), "invalid_grant");
  assertRefused(await token(wix, grant), "invalid_grant");
});

Deno.test("authorization_code grant takes a code once", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const grant = await codeGrant(wix);
  assertEquals((await token(wix, grant)).status, 200);
  assertRefused(await token(wix, grant), "invalid_grant");
});

Deno.test("authorization_code grant needs the same redirect URI", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const grant = await codeGrant(wix);
  const redirectUri = `${grant.redirectUri}/`;
  const answer = await token(wix, { ...grant, redirectUri });
  assertRefused(answer, "invalid_grant");
});

Deno.test("authorization_code grant refuses a code after ten minutes", async () => {
  let now = Date.parse("2026-11-22T12:00:00Z");
  await using wix = await startLocalWix({ port: 0, now: () => now });
  const grant = await codeGrant(wix);
  now += 601_000;
  assertRefused(await token(wix, grant), "invalid_grant");
});

Deno.test("authorization_code grant without offline_access has no refresh token", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const grant = await codeGrant(wix, undefined, { scope: "" });
  const { status, body } = await token(wix, grant);
  assertEquals([status, at(body, "refresh_token")], [200, undefined]);
});

Deno.test("a member's token remembers the visitor who logged in", async () => {
  await using rig = await SdkRig.start();
  const client = rig.visitor();
  const visitor = claims(await accessToken(client));
  const member = await rig.member("ann@demo.example", { client });
  const after = claims(await accessToken(member));
  assertEquals(at(after, "aid"), at(visitor, "aid"));
  assertEquals(at(after, "uid"), at(after, "siteMemberId"));
});

Deno.test("client_credentials grant answers an app token without refresh token", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { clientSecret, instanceId } = SITE;
  const { status, body } = await token(wix, {
    grant_type: "client_credentials",
    client_secret: clientSecret,
    instance_id: instanceId,
  });
  assertEquals([status, at(body, "token_type")], [200, "Bearer"]);
  assertEquals(at(body, "refresh_token"), undefined);
});

Deno.test("client_credentials grant refuses a wrong secret and instance", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const fields = { grant_type: "client_credentials" };
  const secret = { ...fields, client_secret: "guess" };
  assertRefused(await token(wix, secret), "invalid_client");
  assertRefused(
    await token(wix, {
      ...fields,
      client_secret: SITE.clientSecret,
      instance_id: SITE.clientId,
    }),
    "invalid_request",
  );
});

Deno.test("POST /oauth2/token tells an unknown client from a malformed id", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const grantType = "anonymous";
  const unknown = await token(wix, { clientId: SITE.siteId, grantType });
  assertRefused(unknown, "invalid_client");
  const malformed = await token(wix, { clientId: "my-app", grantType });
  assertEquals(malformed.status, 400);
  assertMatch(
    String(at(malformed.body, "message")),
    /appId is not a valid GUID/,
  );
});

Deno.test("POST /oauth2/token refuses unknown grants", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const password = await token(wix, { grantType: "password" });
  assertRefused(password, "unsupported_grant_type");
  assertRefused(await token(wix, {}), "invalid_request");
});

Deno.test("strip_bound_session grant answers the same member, and only to the app", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access, refresh: refreshToken } = await memberTokens(wix);
  const strip = (access_token: string, client_secret = SITE.clientSecret) =>
    post(wix, "/oauth2/token", {
      grant_type: "strip_bound_session",
      client_secret,
      access_token,
    });
  const { status, body } = await strip(access);
  assertEquals([status, at(body, "refresh_token")], [200, undefined]);
  const stripped = claims(String(at(body, "access_token")));
  assertEquals(at(stripped, "uid"), at(claims(access), "uid"));
  assertRefused(await strip(access, "wrong"), "invalid_client");
  assertRefused(await strip(refreshToken), "invalid_grant");
  wix.controls.expireAccessTokens();
  assertRefused(await strip(access), "invalid_grant");
});

function assertRefused({ status, body }: Answer, code: string): void {
  assertEquals([status, at(body, "error")], [400, code]);
}

async function accessToken(
  client: ReturnType<SdkRig["visitor"]>,
): Promise<string> {
  const { headers } = await client.auth.getAuthHeaders();
  return headers.Authorization ?? "";
}
