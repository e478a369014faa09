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
import { assertWixError, it, type Site } from "../helpers/site.ts";

const modules = { members, orders, siteProperties };
const QUERY = "/members/v1/members/query";

it.any("a visitor gets tokens for four hours, automatically; [assumed] they look like Wix's", async (site) => {
  const client = site.visitor(modules);
  await client.members.queryMembers().limit(1).find();
  const { accessToken, refreshToken } = client.auth.getTokens();
  const seconds = accessToken.expiresAt - Date.now() / 1000;
  assert(Math.abs(seconds - 14_400) < 60, String(seconds));
  assertEquals(refreshToken.role, TokenRole.VISITOR);
  assertMatch(accessToken.value, /^OauthNG\.JWS\./);
  assert(refreshToken.value.length > 50);
});

it.any("every anonymous grant is a new visitor, and a refresh keeps the visitor", async (site) => {
  const { auth } = site.visitor(modules);
  const first = await auth.generateVisitorTokens();
  const other = await auth.generateVisitorTokens();
  const refreshed = await auth.renewToken(first.refreshToken);
  const [one, two, same] = await Promise.all(
    [first, other, refreshed].map(async ({ accessToken }) =>
      at(await tokenInfo(site, accessToken.value), "subjectId")
    ),
  );
  assert(one);
  assertNotEquals(two, one);
  assertEquals(same, one);
});

it.local("[assumed] an app acts as the member whose token its page sent", async (site) => {
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
});

it.member("a refresh keeps the member", async (site) => {
  const client = await site.member(modules);
  const { member } = await client.members.getCurrentMember();
  const { refreshToken } = client.auth.getTokens();
  client.auth.setTokens(await client.auth.renewToken(refreshToken));
  const refreshed = await client.members.getCurrentMember();
  assertEquals(refreshed.member?._id, member?._id);
});

it.any("[assumed] a refresh returns a refresh token, and the old one works on", async (site) => {
  const { auth } = site.visitor(modules);
  const { refreshToken } = await auth.generateVisitorTokens();
  for (let time = 0; time < 2; time++) {
    const { status, body } = await grant(site, {
      grantType: "refresh_token",
      refreshToken: refreshToken.value,
    });
    assertEquals([status, typeof at(body, "refresh_token")], [200, "string"]);
  }
});

it.local("[assumed] a refresh token works ten years later", async (site) => {
  const { auth } = site.visitor(modules);
  const { refreshToken } = await auth.generateVisitorTokens();
  if (site.wix) site.wix.controls.clockOffsetSeconds = 315_360_000;
  assert((await auth.renewToken(refreshToken)).accessToken.value);
});

it.any("the token endpoint refuses a made-up refresh token, and a client id that is no GUID", async (site) => {
  const made = { grantType: "refresh_token", refreshToken: "JWS.made.up" };
  const { status, body } = await grant(site, made);
  assertEquals([status, at(body, "error")], [400, "invalid_grant"]);
  const odd = { clientId: "not-a-guid", grantType: "anonymous" };
  const refused = await grant(site, odd);
  assert(refused.status >= 400 && refused.status < 500);
  assertMatch(JSON.stringify(refused.body), /not a valid GUID/);
});

it.any("a strategy with a dead refresh token becomes a new visitor", async (site) => {
  const refreshToken = { value: "JWS.made.up", role: TokenRole.MEMBER };
  const accessToken = { value: "", expiresAt: 0 };
  const client = site.visitor(modules, { accessToken, refreshToken });
  await client.members.queryMembers().limit(1).find();
  assertEquals(client.auth.getTokens().refreshToken.role, TokenRole.VISITOR);
});

it.any("the token endpoint takes forms, too", async (site) => {
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

it.any("[assumed] every response has a request id of its own: Unix seconds, a dot and fifteen digits", async (site) => {
  const ids = await Promise.all([1, 2].map(async () => {
    const { headers } = await grant(site, { grantType: "anonymous" });
    return headers.get("x-wix-request-id") ?? "";
  }));
  for (const id of ids) assertMatch(id, /^\d{10}\.\d{15}$/);
  assertNotEquals(ids[0], ids[1]);
});

it.any("APIs take tokens raw and with Bearer, on both hosts", async (site) => {
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

it.member("token-info distinguishes visitors, members and, [assumed], what is made up", async (site) => {
  const visitor = await site.visitor(modules).auth.generateVisitorTokens();
  const about = await tokenInfo(site, visitor.accessToken.value);
  assertEquals(at(about, "active"), true);
  assertEquals(at(about, "subjectType"), "VISITOR");
  assertEquals(at(about, "clientId"), site.clientId);
  const member = await site.member(modules);
  const { value } = member.auth.getTokens().accessToken;
  const own = (await member.members.getCurrentMember()).member?._id;
  assertEquals(typeof own, "string");
  const info = await tokenInfo(site, value);
  assertEquals(at(info, "subjectType"), "MEMBER");
  assertEquals(at(info, "subjectId"), own);
  assertEquals(member.auth.loggedIn(), true);
  assertEquals(at(await tokenInfo(site, "made-up"), "active"), false);
});

it.apiKey("site properties are for apps and API keys", async (site) => {
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

it.local("[assumed] a site property that does not exist is left out", async (site) => {
  const { properties } = await site.app(modules).siteProperties
    .getSiteProperties({
      fields: ["noSuchField", "address.city", "address.coordinates.latitude"],
    });
  const address = { city: "Portland", coordinates: { latitude: 45.512 } };
  assertEquals(properties, { address });
});

it.any("a visitor has no orders to search", async (site) => {
  const client = site.visitor(modules);
  await assertWixError(() => client.orders.searchOrders({}), 403);
  await assertWixError(() => client.orders.getOrder("x"), 403);
});

it.local("[assumed] an API key without the site's id is 401", async (site) => {
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

it.local("[assumed] X-Wix-Consistent follows from what was written, and reads send it back", async (site) => {
  const client = await site.member(modules);
  const headers = {
    authorization: client.auth.getTokens().accessToken.value,
  };
  const written = async (path: string) => {
    const init = { method: "POST", headers };
    const response = await site.fetch(`/members/v1/members/${path}`, init);
    await response.body?.cancel();
    return response.headers.get("x-wix-consistent") ?? "";
  };
  const joined = await written("join-community");
  assertMatch(joined, /^[0-9a-f]{32}$/);
  assertNotEquals(await written("leave-community"), joined);
  await client.members.joinCommunity();
  const { member } = await client.members.getCurrentMember({
    fieldsets: ["FULL"],
  });
  assertEquals(member?.privacyStatus, "PUBLIC");
});

it.any("getAuthUrl() returns, even for a redirect URI that is not allowed", async (site) => {
  // A wrong login is refused at the login page, not here.
  const { auth } = site.visitor(modules);
  const data = auth.generateOAuthData("https://not-allowed.example/callback");
  const { authUrl } = await auth.getAuthUrl(data);
  assert(URL.canParse(authUrl));
});

it.any("getMemberTokens() does not take a made-up code", async (site) => {
  const { auth } = site.visitor(modules);
  const data = auth.generateOAuthData("http://localhost:8000/callback");
  await assertRejects(
    () => auth.getMemberTokens("made-up", data.state, data),
    Error,
    "Failed to fetch tokens",
  );
});

async function grant(site: Site, fields: Record<string, string>) {
  const response = await site.fetch("/oauth2/token", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ clientId: site.clientId, ...fields }),
  });
  const { status, headers } = response;
  const body: unknown = await response.json();
  return { status, headers, body };
}

async function tokenInfo(site: Site, token: string): Promise<unknown> {
  const response = await site.fetch("/oauth2/token-info", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  return await response.json();
}
