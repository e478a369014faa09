import { assertEquals, assertStringIncludes } from "@std/assert";
import { shownReference, shownUser } from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";
import { ANN, copyOf, memberCookie, startSite } from "../helpers/site.ts";

test("an access token about to expire is refreshed once and stored", async ({ site }) => {
  const { controls } = site.wix;
  controls.accessTokenSeconds = 60;
  const browser = await site.member(ANN);
  controls.accessTokenSeconds = 14_400;
  const before = memberCookie(browser);
  const { refresh_token: refreshes = 0 } = site.grants();
  // Longer than the page's own call.
  controls.failNext("refresh_token", { kind: "delay", delayMs: 600 });
  for (let page = 0; page < 2; page++) {
    assertEquals((await browser.open("/account/orders")).status, 200);
    assertEquals(memberCookie(browser) === before, false);
    assertEquals(site.grants().refresh_token, refreshes + 1);
  }
});

test.member("a token that Wix rejects is refreshed during the request; an older cookie still works (I4)", async ({ ann, site }) => {
  const older = copyOf(ann, site);
  site.wix.controls.expireAccessTokens();
  const page = await ann.open("/account/orders");
  assertEquals(page.status, 200);
  assertEquals(shownUser(page), "Ann");
  assertEquals(site.grants().refresh_token, 1);
  assertEquals(memberCookie(ann) === memberCookie(older), false);
  assertEquals((await older.open("/account/orders")).status, 200);
});

test.member("a session ended by Wix shows a message once, then the user is a visitor", async ({ ann, site }) => {
  site.wix.controls.expireAccessTokens();
  site.wix.controls.revokeRefreshTokens();
  const ended = await ann.open("/test/members");
  assertEquals(ended.status, 401);
  assertStringIncludes(ended.body, "Your session has ended");
  assertEquals(memberCookie(ann), undefined);
  const after = await ann.open("/test/members");
  assertEquals(after.status, 200);
  assertEquals(shownUser(after), "Visitor");
});

test.member("a failed refresh keeps the member logged in", async ({ ann, site }) => {
  const headers = { "retry-after": "0" };
  site.wix.controls.expireAccessTokens();
  site.wix.controls.failNext("refresh_token", { status: 503, headers });
  const page = await ann.open("/account/orders");
  assertEquals(page.status, 503);
  assertEquals(shownUser(page), "Ann");
  assertEquals((await ann.open("/account/orders")).status, 200);
});

Deno.test("while Wix is down, pages without Wix data work, and members stay logged in", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  await site.wix.close();
  const home = await browser.open("/");
  assertEquals(home.status, 200);
  assertEquals(shownUser(home), "Ann");
  const orders = await browser.open("/account/orders");
  assertEquals(orders.status, 503);
  assertStringIncludes(orders.body, "Wix isn't responding");
  assertEquals((await site.visitor().open("/test/members")).status, 503);
  const api = await browser.request("/api/orders");
  assertEquals(api.status, 503);
  assertEquals(api.headers.get("content-type"), "application/problem+json");
  const session = JSON.parse((await browser.request("/api/session")).body);
  assertEquals(session.kind, "member");
});

test("an error page shows the reference of its log line", async ({ site }) => {
  site.wix.controls.failNext("POST /members/v1/members/query", { status: 500 });
  const page = await site.visitor().open("/test/members");
  const reference = shownReference(page);
  assertStringIncludes(site.app.output(), `ref=${reference} Wix 500`);
});

const DAY = 24 * 60;
for (const minutes of [DAY, -DAY]) {
  test(`clocks ${minutes} minutes apart cause no refresh loop (U25, D8)`, async ({ site }) => {
    site.wix.controls.clockOffsetSeconds = minutes * 60;
    const browser = await site.member(ANN);
    for (let page = 0; page < 3; page++) {
      assertEquals((await browser.open("/account/orders")).status, 200);
    }
    assertEquals(site.grants().refresh_token, 0);
  });
}
