import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import type { Browser, Page } from "../helpers/browser.ts";
import { shownReference } from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";
import {
  ANN,
  BEN,
  copyOf,
  logIn,
  LOGOUT_FORM,
  memberCookie,
  sessionCookies,
} from "../helpers/site.ts";

const LOGIN = "/api/auth/login?returnToUrl=/account";

/** The cookies of an answer arrive now, whatever happened since its request. */
function arrive({ headers }: Page, browser: Browser): void {
  for (const { name, value } of getSetCookies(headers)) {
    // Empty is as good as expired.
    browser.setCookie("localhost", name, value);
  }
}

/** Names of the app's cookies, without the ids of sessions. */
const cookieNames = (browser: Browser) =>
  sessionCookies(browser).map(([name]) => name.replace(/_.{16}$/, "_<id>"));
const OF_MEMBER = ["wix_session", "wix_session_<id>"];

async function kindOf(browser: Browser): Promise<string> {
  return JSON.parse((await browser.request("/api/session")).body).kind;
}

async function logOut(browser: Browser): Promise<void> {
  await browser.submit(await browser.open("/"), LOGOUT_FORM);
}

test("neither a login nor a logout is undone by a visitor's first answer that was under way (I5)", async ({ site }) => {
  const otherTab = await site.visitor().request("/members");
  const browser = await site.member(ANN);
  arrive(otherTab, browser);
  const page = await browser.request("/account");
  assertEquals(page.status, 200);
  assertStringIncludes(page.body, ANN);
  assertMatch(
    page.headers.getSetCookie().join("\n"),
    /^wix_visitor=;.*Expires=Thu, 01 Jan 1970[^\n]*$/,
  );
  assertEquals(cookieNames(browser), OF_MEMBER);
  const home = await browser.open("/");
  arrive(otherTab, browser);
  await browser.submit(home, LOGOUT_FORM);
  assertEquals(cookieNames(browser), []);
});

test("a login is not undone by a visitor's renewal that was under way (I5)", async ({ site }) => {
  const browser = site.visitor();
  await browser.request("/members");
  const otherTab = copyOf(browser, site);
  site.wix.controls.expireAccessTokens();
  const renewed = await otherTab.request("/members");
  assertEquals(renewed.headers.getSetCookie().length, 1);
  await logIn(browser, LOGIN, ANN);
  assertEquals(cookieNames(browser), OF_MEMBER);
  arrive(renewed, browser);
  assertEquals(await kindOf(browser), "member");
});

for (const email of [ANN, BEN]) {
  test.member(`a login as ${email} over Ann's session, and a logout after it, are not undone by a renewal of hers that was under way (C22, N1)`, async ({ ann: browser, site }) => {
    site.wix.controls.expireAccessTokens();
    const late = await copyOf(browser, site).request("/account");
    assertEquals(late.headers.getSetCookie().length, 1);
    assertStringIncludes((await logIn(browser, LOGIN, email)).body, email);
    arrive(late, browser);
    assertStringIncludes((await browser.open("/account")).body, email);
    assertEquals(cookieNames(browser), OF_MEMBER);
    await logOut(browser);
    arrive(late, browser);
    assertEquals(await kindOf(browser), "visitor");
  });
}

test.member("a member whom Wix logged out logs in again at once, and no late answer undoes it", async ({ ann: browser, site }) => {
  site.wix.controls.expireAccessTokens();
  site.wix.controls.revokeRefreshTokens();
  const late = await copyOf(browser, site).request("/account");
  assertEquals(late.status, 401);
  const page = await logIn(browser, LOGIN, ANN);
  assertEquals([page.status, page.url.pathname], [200, "/account"]);
  arrive(late, browser);
  assertEquals(await kindOf(browser), "member");
});

test.member("a member who begins a login loses nothing before it succeeds", async ({ ann: browser }) => {
  const before = memberCookie(browser);
  assertEquals((await browser.request("/api/auth/login")).status, 302);
  assertEquals(memberCookie(browser), before);
  assertEquals(await kindOf(browser), "member");
});

test.member("a refresh that Wix refuses for another reason keeps the member, who may log in again (U28)", async ({ ann: browser, site }) => {
  const { controls } = site.wix;
  controls.expireAccessTokens();
  const body = { error: "invalid_client" };
  controls.failNext("refresh_token", { status: 401, body });
  const page = await browser.open("/account/orders");
  assertEquals(page.status, 503);
  assertStringIncludes(page.body, "Your session could not be refreshed");
  assertStringIncludes(page.body, "returnToUrl=%2Faccount%2Forders");
  const error = `ref=${shownReference(page)} SessionError refresh_refused `;
  const [line = ""] = site.app.output().split("\n")
    .filter((line) => line.includes(error));
  assertStringIncludes(line, "because: Wix 401 invalid_client");
  assertEquals(await kindOf(browser), "member");
  assertEquals((await browser.open("/account/orders")).status, 200);
});

test("a login whose profile Wix does not give is a login all the same", async ({ site }) => {
  const call = "GET /members/v1/members/my";
  site.wix.controls.failNext(call, { status: 503, times: 2 });
  const browser = await site.member(ANN);
  const session = JSON.parse((await browser.request("/api/session")).body);
  assertEquals([session.kind, session.member], ["member", { name: "Member" }]);
  assertEquals((await browser.open("/account")).status, 200);
});
