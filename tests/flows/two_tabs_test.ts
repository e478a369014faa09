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

test.member("a member who begins a login loses nothing before it succeeds", async ({ ann: browser }) => {
  const before = memberCookie(browser);
  assertEquals((await browser.request("/api/auth/login")).status, 302);
  assertEquals(memberCookie(browser), before);
  assertEquals(await kindOf(browser), "member");
});

test("a login whose profile Wix does not give is a login all the same", async ({ site }) => {
  const call = "GET /members/v1/members/my";
  site.wix.controls.failNext(call, { status: 503, times: 2 });
  const browser = await site.member(ANN);
  const session = JSON.parse((await browser.request("/api/session")).body);
  assertEquals([session.kind, session.member], ["member", { name: "Member" }]);
  assertEquals((await browser.open("/account")).status, 200);
});
