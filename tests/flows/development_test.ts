import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { startLocalWix } from "@/packages/local-wix/src/mod.ts";
import { localSettings, startApp } from "../helpers/app.ts";
import { Site, startSite } from "../helpers/site.ts";

const SESSION_SECRET = "a secret for the cookies of these tests";

Deno.test("in development responses list their calls to Wix", async () => {
  await using site = await startSite();
  const { headers } = await site.visitor().request("/test/members");
  assertMatch(
    headers.get("server-timing") ?? "",
    /^wix-1;dur=[\d.]+;desc="POST \/oauth2\/token 200", wix-2;dur=[\d.]+;desc="POST \/members\/v1\/members\/query 200"$/,
  );
});

Deno.test("a wrong client secret shows a hint in response and log", async () => {
  const wix = await startLocalWix({ port: 0, log: () => {} });
  await using site = new Site(
    wix,
    await startApp({
      ...localSettings(wix.origin),
      SESSION_SECRET,
      WIX_CLIENT_SECRET: "not the one that Wix knows",
    }),
  );
  const { status, body } = await site.visitor().request("/api/test/elevated");
  assertEquals(status, 503);
  assertStringIncludes(JSON.parse(body).hint, "WIX_CLIENT_SECRET");
  assertStringIncludes(
    site.app.output(),
    `Wix 503 APP_CREDENTIALS_REFUSED "Wix refused the app's credentials ` +
      `(invalid_client)"`,
  );
  // Logged once a minute, and not retried until then (D7, U23).
  const { status: again } = await site.visitor().request(
    "/api/test/elevated",
  );
  assertEquals(again, 503);
  assertEquals(site.app.output().match(/APP_CREDENTIALS_REFUSED/g)?.length, 1);
  assertEquals(site.grants().client_credentials, 1);
});
