import { siteProperties } from "@wix/business-tools";
import { orders } from "@wix/ecom";
import { members } from "@wix/members";
import { AppStrategy, createClient, TokenRole } from "@wix/sdk";
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { SITE } from "../../src/mod.ts";
import { at } from "../helpers/http.ts";
import { assertWixError, contract, type Site } from "../helpers/site.ts";

const modules = { members, orders, siteProperties };
const QUERY = "/members/v1/members/query";

const it = contract();
const apiKeyTest = contract("apiKey");
const appTest = contract("app");
const appSeedTest = contract("app", "seed");
const memberTest = contract("member");
const memberWritesTest = contract("member", "writes");
const test = contract("seed");

it("a visitor gets tokens for four hours, by themselves", async (site) => {
  const client = site.visitor(modules);
  await client.members.queryMembers().limit(1).find();
  const { accessToken, refreshToken } = client.auth.getTokens();
  const seconds = accessToken.expiresAt - Date.now() / 1000;
  assert(Math.abs(seconds - 14_400) < 60, String(seconds));
  assertEquals(refreshToken.role, TokenRole.VISITOR);
});

it("[assumed] tokens look like Wix's", async (site) => {
  const tokens = await site.visitor(modules).auth.generateVisitorTokens();
  assertMatch(tokens.accessToken.value, /^OauthNG\.JWS\./);
  assert(tokens.refreshToken.value.length > 50);
});

it("every anonymous grant is a new visitor", async (site) => {
  const subjects = await Promise.all([1, 2].map(async () => {
    const { auth } = site.visitor(modules);
    const { accessToken } = await auth.generateVisitorTokens();
    return at(await tokenInfo(site, accessToken.value), "subjectId");
  }));
  assertNotEquals(subjects[0], subjects[1]);
});

it("a refresh keeps the visitor", async (site) => {
  const { auth } = site.visitor(modules);
  const first = await auth.generateVisitorTokens();
  const renewed = await auth.renewToken(first.refreshToken);
  const subjects = await Promise.all(
    [first, renewed].map(async ({ accessToken }) =>
      at(await tokenInfo(site, accessToken.value), "subjectId")
    ),
  );
  assert(subjects[0]);
  assertEquals(subjects[1], subjects[0]);
});

appSeedTest(
  "[assumed] an app acts as the member whose token its page sent",
  async (site) => {
    const { auth } = await site.member(modules);
    const client = createClient({
      auth: AppStrategy({
        appId: site.clientId,
        appSecret: SITE.clientSecret,
        accessToken: auth.getTokens().accessToken.value,
      }),
      modules,
      fetch: globalThis.fetch,
    });
    const { member } = await client.members.getCurrentMember();
    assertEquals(member?.profile?.slug, "ann");
    await assertWixError(() => client.siteProperties.getSiteProperties(), 403);
    const elevated = await client.auth.elevated();
    const app = createClient({ auth: elevated, modules });
    const { properties } = await app.siteProperties.getSiteProperties();
    assert(properties?.businessName);
  },
);

memberTest("a refresh keeps the member", async (site) => {
  const client = await site.member(modules);
  const { member } = await client.members.getCurrentMember();
  const { refreshToken } = client.auth.getTokens();
  client.auth.setTokens(await client.auth.renewToken(refreshToken));
  const renewed = await client.members.getCurrentMember();
  assertEquals(renewed.member?._id, member?._id);
});

it("[assumed] the old refresh token works after a refresh", async (site) => {
  const { auth } = site.visitor(modules);
  const { refreshToken } = await auth.generateVisitorTokens();
  await auth.renewToken(refreshToken);
  assert((await auth.renewToken(refreshToken)).accessToken.value);
});

it("[assumed] a refresh answers a refresh token, too", async (site) => {
  const { auth } = site.visitor(modules);
  const { refreshToken } = await auth.generateVisitorTokens();
  const response = await grant(site, {
    grantType: "refresh_token",
    refreshToken: refreshToken.value,
  });
  const body = await response.json();
  assertEquals(typeof body.refresh_token, "string");
  assertEquals(Number(body.expires_in) > 0, true);
});

test("[assumed] a refresh token works ten years later", async (site) => {
  const { auth } = site.visitor(modules);
  const { refreshToken } = await auth.generateVisitorTokens();
  if (site.wix) site.wix.controls.clockOffsetSeconds = 315_360_000;
  assert((await auth.renewToken(refreshToken)).accessToken.value);
});

it("a made-up refresh token is refused with 400", async (site) => {
  const fields = { grantType: "refresh_token", refreshToken: "JWS.made.up" };
  const response = await grant(site, fields);
  const { error } = await response.json();
  assertEquals([response.status, error], [400, "invalid_grant"]);
});

it("a strategy with a dead refresh token becomes a new visitor", async (site) => {
  const refreshToken = { value: "JWS.made.up", role: TokenRole.MEMBER };
  const accessToken = { value: "", expiresAt: 0 };
  const client = site.visitor(modules, { accessToken, refreshToken });
  await client.members.queryMembers().limit(1).find();
  assertEquals(client.auth.getTokens().refreshToken.role, TokenRole.VISITOR);
});

it("the token endpoint takes forms, too", async (site) => {
  const response = await site.fetch("/oauth2/token", {
    method: "POST",
    body: new URLSearchParams({
      client_id: site.clientId,
      grant_type: "anonymous",
    }),
  });
  const { access_token } = await response.json();
  assertEquals([response.status, typeof access_token], [200, "string"]);
});

it("a client id that is no GUID is refused", async (site) => {
  const response = await grant(site, {
    clientId: "not-a-guid",
    grantType: "anonymous",
  });
  assert(response.status >= 400 && response.status < 500);
  assertMatch(await response.text(), /not a valid GUID/);
});

it("every answer has a request id of its own", async (site) => {
  const ids = await Promise.all([1, 2].map(async () => {
    const response = await grant(site, { grantType: "anonymous" });
    await response.body?.cancel();
    return response.headers.get("x-wix-request-id");
  }));
  assert(ids[0]);
  assertNotEquals(ids[0], ids[1]);
});

it("[assumed] a request id is Unix seconds, a dot and fifteen digits", async (site) => {
  const response = await grant(site, { grantType: "anonymous" });
  await response.body?.cancel();
  const id = response.headers.get("x-wix-request-id") ?? "";
  assertMatch(id, /^\d{10}\.\d{15}$/);
});

test("[assumed] a failure of Wix's own is a 500 without details", async (site) => {
  site.wix?.controls.failNext("POST /members/v1/members/query");
  const { members: api } = site.visitor(modules);
  const error = await assertRejects(() => api.queryMembers().find());
  assertEquals(at(error, "status"), 500);
  // What the SDK makes up when an answer has no code.
  assertEquals(at(error, "details.applicationError.code"), 500);
});

it("APIs take tokens raw and with Bearer, on both hosts", async (site) => {
  const tokens = await site.visitor(modules).auth.generateVisitorTokens();
  const { value } = tokens.accessToken;
  for (const host of ["www", "edge"]) {
    for (const scheme of ["", "Bearer ", "bearer "]) {
      const authorization = scheme + value;
      const url = `https://${host}.wixapis.com${QUERY}`;
      const response = await fetch(url, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify({ query: { paging: { limit: 1 } } }),
      });
      const { members } = await response.json();
      assertEquals([response.status, Array.isArray(members)], [200, true]);
    }
  }
});

test("[assumed] no token, an unknown and an expired one are 401 UNAUTHENTICATED", async (site) => {
  const { auth } = site.visitor(modules);
  const { accessToken } = await auth.generateVisitorTokens();
  if (site.wix) site.wix.controls.clockOffsetSeconds = 14_400;
  for (const authorization of ["", "made-up", accessToken.value]) {
    const response = await site.fetch(QUERY, {
      method: "POST",
      headers: { ...(authorization && { authorization }) },
      body: "{}",
    });
    const code = at(await response.json(), "details.applicationError.code");
    assertEquals([response.status, code], [401, "UNAUTHENTICATED"]);
  }
});

memberTest("token-info tells a visitor from a member", async (site) => {
  const visitor = await site.visitor(modules).auth.generateVisitorTokens();
  const about = await tokenInfo(site, visitor.accessToken.value);
  assertEquals(at(about, "active"), true);
  assertEquals(at(about, "subjectType"), "VISITOR");
  assertEquals(at(about, "clientId"), site.clientId);
  const member = await site.member(modules);
  const { value } = member.auth.getTokens().accessToken;
  const own = (await member.members.getCurrentMember()).member?._id;
  const info = await tokenInfo(site, value);
  assertEquals(at(info, "subjectType"), "MEMBER");
  assertEquals(at(info, "subjectId"), own);
});

it("[assumed] token-info of a made-up token is {active: false}", async (site) => {
  assertEquals(at(await tokenInfo(site, "made-up"), "active"), false);
});

apiKeyTest("site properties are for apps and API keys", async (site) => {
  const fields = { fields: ["businessName"] };
  const admin = site.admin(modules);
  const { properties } = await admin.siteProperties.getSiteProperties(fields);
  assert(properties);
  const visitor = site.visitor(modules);
  await assertWixError(
    () => visitor.siteProperties.getSiteProperties(fields),
    403,
    "PERMISSION_DENIED",
  );
});

appTest(
  "[assumed] a site property that does not exist is left out",
  async (site) => {
    const { properties } = await site.app(modules).siteProperties
      .getSiteProperties({
        fields: ["noSuchField", "address.city", "address.coordinates.latitude"],
      });
    const address = { city: "Portland", coordinates: { latitude: 45.512 } };
    assertEquals(properties, { address });
  },
);

appTest("an app's client secret opens what an API key does", async (site) => {
  const client = site.app(modules);
  const { properties } = await client.siteProperties.getSiteProperties();
  assert(properties);
});

it("a visitor has no orders to search", async (site) => {
  const client = site.visitor(modules);
  await assertWixError(() => client.orders.searchOrders({}), 403);
  await assertWixError(() => client.orders.getOrder("x"), 403);
});

test("[assumed] an API key without the site's id is 401", async (site) => {
  for (const id of ["", "00000000-0000-4000-8000-0000000000ff"]) {
    const response = await site.fetch(QUERY, {
      method: "POST",
      headers: { authorization: site.apiKey, "wix-site-id": id },
      body: "{}",
    });
    await response.body?.cancel();
    assertEquals(response.status, 401);
  }
});

memberWritesTest(
  "[assumed] X-Wix-Consistent follows from what was written",
  async (site) => {
    const { auth } = await site.member(modules);
    const headers = { authorization: auth.getTokens().accessToken.value };
    const written = async (path: string) => {
      const response = await site.fetch(`/members/v1/members/${path}`, {
        method: "POST",
        headers,
      });
      await response.body?.cancel();
      return response.headers.get("x-wix-consistent") ?? "";
    };
    const joined = await written("join-community");
    assertMatch(joined, /^[0-9a-f]{32}$/);
    assertNotEquals(await written("leave-community"), joined);
  },
);

memberWritesTest(
  "a write's answer asks for consistency, and reads take it back",
  async (site) => {
    const client = await site.member(modules);
    await client.members.joinCommunity();
    const { member } = await client.members.getCurrentMember({
      fieldsets: ["FULL"],
    });
    assertEquals(member?.privacyStatus, "PUBLIC");
  },
);

memberTest("a member's client says who is logged in", async (site) => {
  const client = await site.member(modules);
  const { member } = await client.members.getCurrentMember();
  assertEquals(typeof member?._id, "string");
  assertEquals(client.auth.loggedIn(), true);
});

test("[assumed] a wrong client secret is a 400", async (site) => {
  const response = await grant(site, {
    grantType: "client_credentials",
    client_secret: "wrong",
    instance_id: "00000000-0000-4000-8000-000000000002",
  });
  const { error } = await response.json();
  assertEquals([response.status, error], [400, "invalid_client"]);
});

it("getAuthUrl() answers, even for a redirect URI that is not allowed", async (site) => {
  // What is wrong about a login is told at the login page, not here.
  const { auth } = site.visitor(modules);
  const data = auth.generateOAuthData("https://not-allowed.example/callback");
  const { authUrl } = await auth.getAuthUrl(data);
  assert(URL.canParse(authUrl));
});

it("getMemberTokens() does not take a made-up code", async (site) => {
  const { auth } = site.visitor(modules);
  const data = auth.generateOAuthData("http://localhost:8000/callback");
  await assertRejects(
    () => auth.getMemberTokens("made-up", data.state, data),
    Error,
    "Failed to fetch tokens",
  );
});

function grant(site: Site, fields: Record<string, string>) {
  return site.fetch("/oauth2/token", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ clientId: site.clientId, ...fields }),
  });
}

async function tokenInfo(site: Site, token: string): Promise<unknown> {
  const response = await site.fetch("/oauth2/token-info", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  return await response.json();
}
