import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { getSetCookies } from "@std/http/cookie";
import type { Browser, Page } from "../helpers/browser.ts";
import { test } from "../helpers/shared_site.ts";
import {
  ANN,
  LOGOUT_FORM,
  memberCookie,
  sessionCookies,
} from "../helpers/site.ts";

/** Applies the cookies of an earlier response to a browser now. */
function arrive({ headers }: Page, browser: Browser): void {
  for (const { name, value } of getSetCookies(headers)) {
    // An empty cookie has expired.
    browser.setCookie("localhost", name, value);
  }
}

/** Names of the app's cookies, without session ids. */
const cookieNames = (browser: Browser) =>
  sessionCookies(browser).map(([name]) => name.replace(/_.{16}$/, "_<id>"));
const OF_MEMBER = ["wix_session", "wix_session_<id>"];

async function kindOf(browser: Browser): Promise<string> {
  return JSON.parse((await browser.request("/api/session")).body).kind;
}

test("a late visitor response undoes neither a login nor a logout (I5)", async ({ site }) => {
  const otherTab = await site.visitor().request("/test/members");
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

test.member("a member keeps the session until a new login succeeds", async ({ ann: browser }) => {
  const before = memberCookie(browser);
  assertEquals((await browser.request("/api/auth/login")).status, 302);
  assertEquals(memberCookie(browser), before);
  assertEquals(await kindOf(browser), "member");
});

test("a login succeeds when Wix does not return the profile", async ({ site }) => {
  const call = "GET /members/v1/members/my";
  site.wix.controls.failNext(call, { status: 503, times: 2 });
  const browser = await site.member(ANN);
  const session = JSON.parse((await browser.request("/api/session")).body);
  assertEquals([session.kind, session.member], ["member", { name: "Member" }]);
  assertEquals((await browser.open("/account")).status, 200);
});
