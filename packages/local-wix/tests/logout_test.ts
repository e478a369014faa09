import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { SITE, startLocalWix } from "../src/mod.ts";
import { Browser } from "./helpers/browser.ts";
import {
  at,
  authRequest,
  get,
  loginForm,
  memberTokens,
  pageUrl,
  refresh,
  visitorTokens,
} from "./helpers/http.ts";
import { SdkRig } from "./helpers/sdk.ts";

const HOME = "http://localhost:8000/";
const LOGOUT = {
  logout: { clientId: SITE.clientId },
  callbacks: { postFlowUrl: HOME },
};

Deno.test("logout() of the SDK leads back to the site", async () => {
  await using rig = await SdkRig.start();
  const client = await rig.member();
  const { logoutUrl } = await client.auth.logout(HOME);
  const { status, location } = await new Browser().get(logoutUrl);
  assertEquals([status, location], [303, HOME]);
});

Deno.test("logging out ends the tokens of that session", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const tokens = await memberTokens(wix);
  const url = await pageUrl(wix, LOGOUT, tokens.access);
  await new Browser().get(url);
  const authorization = tokens.access;
  const my = await get(wix, "/members/v1/members/my", { authorization });
  assertEquals(my.status, 401);
  const { body } = await refresh(wix, tokens.refresh);
  assertEquals(at(body, "error"), "invalid_grant");
});

Deno.test("logging out leaves the member's other sessions alone", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const [phone, laptop] = [await memberTokens(wix), await memberTokens(wix)];
  await new Browser().get(await pageUrl(wix, LOGOUT, phone.access));
  assertEquals((await refresh(wix, laptop.refresh)).status, 200);
});

Deno.test("tokens live on until the logout page is visited", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const tokens = await memberTokens(wix);
  await pageUrl(wix, LOGOUT, tokens.access);
  assertEquals((await refresh(wix, tokens.refresh)).status, 200);
});

Deno.test("logging out forgets the login at the login page", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const browser = new Browser();
  const auth = { authRequest: authRequest() };
  await browser.submit(await pageUrl(wix, { auth }), loginForm());
  await browser.get(await pageUrl(wix, LOGOUT));
  const silent = await pageUrl(wix, { auth: { ...auth, prompt: "none" } });
  const { location } = await browser.get(silent);
  assertMatch(location ?? "", /error=login_required/);
});

Deno.test("a logout link works once", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const url = await pageUrl(wix, LOGOUT);
  const browser = new Browser();
  assertEquals((await browser.get(url)).status, 303);
  assertEquals((await browser.get(url)).status, 404);
});

Deno.test("a logout to a URL that is not allowed ends nothing", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const tokens = await memberTokens(wix);
  const callbacks = { postFlowUrl: "https://evil.example/" };
  const url = await pageUrl(wix, { ...LOGOUT, callbacks }, tokens.access);
  const { status, location } = await new Browser().get(url);
  assertEquals([status, location], [400, null]);
  assertEquals((await refresh(wix, tokens.refresh)).status, 200);
});

Deno.test("a logout without postFlowUrl stays on a page of local Wix", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { logout } = LOGOUT;
  const { status, text } = await new Browser().get(
    await pageUrl(wix, { logout }),
  );
  assertEquals(status, 200);
  assertMatch(text, /You are logged out/);
});

Deno.test("a logout link is no login link", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access } = await visitorTokens(wix);
  const url = new URL(await pageUrl(wix, LOGOUT, access));
  url.pathname = "/_pages/authorize";
  assertEquals((await new Browser().get(url.href)).status, 404);
});

Deno.test("logout() of the SDK keeps the tokens when local Wix fails", async () => {
  await using rig = await SdkRig.start();
  const client = await rig.member();
  const path = "/_api/redirects-api/v1/redirect-session";
  rig.wix.controls.failNext(`POST ${path}`, { status: 503 });
  await assertRejects(() => client.auth.logout(HOME));
  assertEquals(client.auth.loggedIn(), true);
});
