import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import type { Browser, Page } from "../helpers/browser.ts";
import {
  ANN,
  BEN,
  letDoubtAge,
  logIn,
  type Site,
  startSite,
} from "../helpers/site.ts";

/** The cookies of an answer arrive now, whatever happened since its request. */
function arrive({ headers }: Page, browser: Browser): void {
  for (const { name, value } of getSetCookies(headers)) {
    // Empty is as good as expired.
    browser.setCookie("localhost", name, value);
  }
}

/** Local Wix's own cookie is for the same host. */
const cookieNames = (browser: Browser, origin: string) =>
  browser.cookieHeader(new URL(origin)).split("; ")
    .map((pair) => pair.split("=")[0] ?? "")
    .filter((name) => name.startsWith("wix_"));

async function kindOf(browser: Browser): Promise<string> {
  return JSON.parse((await browser.request("/api/session")).body).kind;
}

Deno.test("a login is not undone by a visitor's first answer that was under way (I5)", async () => {
  await using site = await startSite();
  const otherTab = await site.visitor().request("/members");
  const browser = await site.member(ANN);
  arrive(otherTab, browser);

  const page = await browser.request("/account");
  assertEquals(page.status, 200);
  assertStringIncludes(page.body, ANN);
  assertMatch(
    page.headers.getSetCookie().join("\n"),
    /^wix_session_visitor=;.*Expires=Thu, 01 Jan 1970[^\n]*$/,
  );
  assertEquals(cookieNames(browser, site.app.origin), ["wix_session"]);
});

Deno.test("a login is not undone by a visitor's renewal that was under way (I5)", async () => {
  await using site = await startSite();
  const browser = site.visitor();
  await browser.request("/members");
  const otherTab = site.visitor();
  const cookie = browser.cookie("localhost", "wix_session_visitor") ?? "";
  otherTab.setCookie("localhost", "wix_session_visitor", cookie);
  site.wix.controls.expireAccessTokens();
  const renewed = await otherTab.request("/members");
  assertEquals(renewed.headers.getSetCookie().length, 1);

  await logIn(browser, "/api/auth/login?returnToUrl=/", ANN);
  assertEquals(cookieNames(browser, site.app.origin), ["wix_session"]);
  arrive(renewed, browser);
  assertEquals(await kindOf(browser), "member");
});

Deno.test("a logout leaves no session, of neither kind", async () => {
  await using site = await startSite();
  const otherTab = await site.visitor().request("/members");
  const browser = await site.member(ANN);
  const home = await browser.open("/");
  arrive(otherTab, browser);
  await browser.submit(home, "/api/auth/logout");
  assertEquals(cookieNames(browser, site.app.origin), ["wix_session_ended"]);
});

for (const email of [ANN, BEN]) {
  Deno.test(`a login as ${email} over Ann's session is not undone by a renewal of hers that was under way (C22)`, async () => {
    await using site = await startSite();
    const browser = await site.member(ANN);
    site.wix.controls.expireAccessTokens();
    const otherTab = site.visitor();
    const anns = browser.cookie("localhost", "wix_session") ?? "";
    otherTab.setCookie("localhost", "wix_session", anns);
    const late = await otherTab.request("/account");
    assertEquals(late.headers.getSetCookie().length, 1);

    const page = await logIn(
      browser,
      "/api/auth/login?returnToUrl=/account",
      email,
    );
    assertStringIncludes(page.body, email);
    arrive(late, browser);
    assertStringIncludes((await browser.open("/account")).body, email);
    assertEquals(cookieNames(browser, site.app.origin), [
      "wix_session_ended",
      "wix_session_2",
    ]);
    await browser.submit(await browser.open("/"), "/api/auth/logout");
    assertEquals(await kindOf(browser), "visitor");
  });
}

/** Another tab of the browser: it sends the cookies of this moment. */
function copyOf(browser: Browser, site: Site): Browser {
  const copy = site.visitor();
  for (
    const pair of browser.cookieHeader(new URL(site.app.origin)).split("; ")
  ) {
    const [name = "", ...value] = pair.split("=");
    copy.setCookie("localhost", name, value.join("="));
  }
  return copy;
}

Deno.test("Ann's refresh that arrives after Ben logged in over her and out again brings nobody back (N1)", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  site.wix.controls.expireAccessTokens();
  const late = await copyOf(browser, site).request("/account");
  assertEquals(late.headers.getSetCookie().length, 1);

  await logIn(browser, "/api/auth/login?returnToUrl=/account", BEN);
  await browser.submit(await browser.open("/"), "/api/auth/logout");
  arrive(late, browser);
  assertEquals(await kindOf(browser), "visitor");
});

Deno.test("a login after Wix ended a session is not undone by an answer that says so once more", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  site.wix.controls.expireAccessTokens();
  site.wix.controls.revokeRefreshTokens();
  const otherTab = site.visitor();
  const old = browser.cookie("localhost", "wix_session") ?? "";
  otherTab.setCookie("localhost", "wix_session", old);
  await otherTab.request("/account");
  letDoubtAge(otherTab);
  const late = await otherTab.request("/account");
  assertEquals(late.status, 401);

  await logIn(browser, "/api/auth/login?returnToUrl=/account", ANN);
  arrive(late, browser);
  assertEquals(await kindOf(browser), "member");
});

Deno.test("a member whom Wix logged out logs in again without another page between", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  site.wix.controls.expireAccessTokens();
  site.wix.controls.revokeRefreshTokens();
  const page = await logIn(
    browser,
    "/api/auth/login?returnToUrl=/account",
    ANN,
  );
  assertEquals(page.url.pathname, "/account");
  assertEquals(page.status, 200);
});

Deno.test("a member in doubt who begins a login loses nothing before it succeeds", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  site.wix.controls.expireAccessTokens();
  site.wix.controls.revokeRefreshTokens();
  assertEquals((await browser.request("/account")).status, 503);
  const before = browser.cookie("localhost", "wix_session");
  const login = await browser.request("/api/auth/login");
  assertEquals(login.status, 302);
  assertEquals(browser.cookie("localhost", "wix_session"), before);
  assertEquals(await kindOf(browser), "member");
});

Deno.test("a refresh that Wix refuses for another reason keeps the member, who may log in again (U28)", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  site.wix.controls.expireAccessTokens();
  site.wix.controls.failNext("refresh_token", {
    status: 401,
    body: { error: "invalid_client" },
  });
  const page = await browser.open("/account/orders");
  assertEquals(page.status, 503);
  assertStringIncludes(page.body, "Your session could not be renewed");
  assertStringIncludes(page.body, "returnToUrl=%2Faccount%2Forders");
  const reference = /<code>([0-9a-f]{8})<\/code>/.exec(page.body)?.[1];
  const [line] = site.app.output().match(
    new RegExp(`ref=${reference} SessionNotRenewedError .*`),
  ) ?? [""];
  assertStringIncludes(line, "because: Wix 401 invalid_client");
  assertEquals(await kindOf(browser), "member");
  assertEquals((await browser.open("/account/orders")).status, 200);
});

Deno.test("a login whose profile Wix does not give is a login all the same", async () => {
  await using site = await startSite();
  site.wix.controls.failNext("GET /members/v1/members/my", {
    status: 503,
    times: 2,
  });
  const browser = await site.member(ANN);
  const session = JSON.parse((await browser.request("/api/session")).body);
  assertEquals([session.kind, session.member], ["member", undefined]);
  assertEquals((await browser.open("/account")).status, 200);
});
