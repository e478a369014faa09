import { siteProperties } from "@wix/business-tools";
import { orders } from "@wix/ecom";
import { members } from "@wix/members";
import { AppStrategy, createClient, TokenRole } from "@wix/sdk";
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
} from "@std/assert";
import { SITE } from "../../src/mod.ts";
import { at } from "../helpers/http.ts";
import { assertWixError, it, type Site } from "../helpers/site.ts";

const modules = { members, orders, siteProperties };
const QUERY = "/members/v1/members/query";

it.any("a visitor automatically gets tokens for four hours; [assumed] they look like Wix's", async (site) => {
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

it.any("[assumed] a refresh returns a refresh token, and the old one still works", async (site) => {
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

it.any("the token endpoint refuses an unknown refresh token, and a client id that is not a GUID", async (site) => {
  const made = { grantType: "refresh_token", refreshToken: "JWS.made.up" };
  const { status, body } = await grant(site, made);
  assertEquals([status, at(body, "error")], [400, "invalid_grant"]);
  const odd = { clientId: "not-a-guid", grantType: "anonymous" };
  const refused = await grant(site, odd);
  assert(refused.status >= 400 && refused.status < 500);
  assertMatch(JSON.stringify(refused.body), /not a valid GUID/);
});

it.any("[assumed] every response has a unique request id: Unix seconds, a dot and fifteen digits", async (site) => {
  const requestId = async () =>
    (await grant(site, {})).headers.get("x-wix-request-id") ?? "";
  const id = await requestId();
  assertMatch(id, /^\d{10}\.\d{15}$/);
  assertNotEquals(await requestId(), id);
});

it.any("APIs accept tokens with and without Bearer, on both hosts", async (site) => {
  const tokens = await site.visitor(modules).auth.generateVisitorTokens();
  const { value } = tokens.accessToken;
  const init = { method: "POST", body: "{}" };
  for (const host of ["www", "edge"]) {
    for (const scheme of ["", "Bearer ", "bearer "]) {
      const headers = {
        authorization: scheme + value,
        "content-type": "application/json",
      };
      const url = `https://${host}.wixapis.com${QUERY}`;
      const response = await fetch(url, { ...init, headers });
      const { members } = await response.json();
      assertEquals([response.status, Array.isArray(members)], [200, true]);
    }
  }
});

it.member("token-info distinguishes visitors, members and, [assumed], forged tokens", async (site) => {
  const { auth } = site.visitor(modules);
  const visitor = await auth.generateVisitorTokens();
  const about = await tokenInfo(site, visitor.accessToken.value);
  assertEquals(at(about, "subjectType"), "VISITOR");
  assertEquals(at(about, "clientId"), site.clientId);
  const client = await site.member(modules);
  const { member } = await client.members.getCurrentMember();
  const info = await tokenInfo(site, client.auth.getTokens().accessToken.value);
  assertEquals(at(info, "subjectType"), "MEMBER");
  assertEquals(at(info, "subjectId"), member?._id);
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

it.any("a visitor has no orders to search", async (site) => {
  const client = site.visitor(modules);
  await assertWixError(() => client.orders.searchOrders({}), 403);
  await assertWixError(() => client.orders.getOrder("x"), 404);
});

it.local("[assumed] a write returns X-Wix-Consistent", async (site) => {
  const { auth } = await site.member(modules);
  const authorization = auth.getTokens().accessToken.value;
  const response = await site.fetch("/members/v1/members/join-community", {
    method: "POST",
    headers: { authorization },
  });
  await response.body?.cancel();
  const consistent = response.headers.get("x-wix-consistent") ?? "";
  assertMatch(consistent, /^[0-9a-f]{32}$/);
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

async function grant(site: Site, fields: Record<string, string>) {
  const { clientId } = site;
  return await post(site, "/oauth2/token", { clientId, ...fields });
}

async function tokenInfo(site: Site, token: string): Promise<unknown> {
  return (await post(site, "/oauth2/token-info", { token })).body;
}

async function post(site: Site, path: string, fields: object) {
  const response = await site.fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fields),
  });
  const { status, headers } = response;
  const body: unknown = await response.json();
  return { status, headers, body };
}
