import { assertEquals } from "@std/assert";
import { SITE, startLocalWix } from "../src/mod.ts";
import { appToken, at, get, post, visitorTokens } from "./helpers/http.ts";

Deno.test("GET /assets/scripts/v1/site-scripts answers a visitor an empty list", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access } = await visitorTokens(wix);
  const path = "/assets/scripts/v1/site-scripts?pageUrl=http%3A%2F%2Flocalhost";
  const { status, body } = await get(wix, path, { authorization: access });
  assertEquals([status, body], [200, { siteScripts: [] }]);
});

for (
  const path of [
    "/otel-collector/v1/logs",
    "/otel-collector/v1/traces",
    "/wixcode/v1/telemetry/telemetry-messages",
  ]
) {
  Deno.test(`POST ${path} takes everything from anybody`, async () => {
    await using wix = await startLocalWix({ port: 0 });
    const { status, body } = await post(wix, path, { resourceLogs: [] });
    assertEquals([status, body], [200, {}]);
  });
}

Deno.test("GET /oauth-app/v1/oauth-apps/{id} says where Wix's pages are", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const authorization = await appToken(wix);
  const path = `/oauth-app/v1/oauth-apps/${SITE.clientId}`;
  const { body } = await get(wix, path, { authorization });
  assertEquals(at(body, "oAuthApp.id"), SITE.clientId);
  assertEquals(at(body, "oAuthApp.redirectUrlWixPages"), wix.origin);
  const robots = await fetch(`${wix.origin}/robots.txt`);
  assertEquals([robots.status, await robots.text()], [
    200,
    "User-agent: *\nDisallow: /\n",
  ]);
});

Deno.test("GET /oauth-app/v1/oauth-apps/{id} says what is allowed", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const allowedRedirectUris = ["https://shop.example/callback"];
  wix.controls.change({
    allowedOrigins: ["https://shop.example", "http://dev.example:8080"],
    allowedRedirectUris,
  });
  const authorization = await appToken(wix);
  const path = `/oauth-app/v1/oauth-apps/${SITE.clientId}`;
  const { body } = await get(wix, path, { authorization });
  assertEquals(at(body, "oAuthApp.allowedRedirectUris"), allowedRedirectUris);
  assertEquals(at(body, "oAuthApp.allowedRedirectDomains"), [
    "shop.example",
    "dev.example:8080",
  ]);
});

Deno.test("[assumed] GET /oauth-app/v1/oauth-apps/{id} knows the site's client only", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const authorization = await appToken(wix);
  const path = `/oauth-app/v1/oauth-apps/${SITE.siteId}`;
  assertEquals((await get(wix, path, { authorization })).status, 404);
});

Deno.test("GET /apps/v1/instance answers the app's instance and its site", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const authorization = await appToken(wix);
  const { body } = await get(wix, "/apps/v1/instance", { authorization });
  assertEquals(at(body, "instance.instanceId"), SITE.instanceId);
  assertEquals(at(body, "site.siteId"), SITE.siteId);
  assertEquals(at(body, "site.locale"), "en");
});

for (
  const path of [
    `/oauth-app/v1/oauth-apps/${SITE.clientId}`,
    "/apps/v1/instance",
  ]
) {
  Deno.test(`GET ${path} is refused to visitors`, async () => {
    await using wix = await startLocalWix({ port: 0 });
    const { access } = await visitorTokens(wix);
    const answer = await get(wix, path, { authorization: access });
    assertEquals(answer.status, 403);
  });
}
