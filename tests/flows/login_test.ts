import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Browser } from "../helpers/browser.ts";
import { shownReference, shownUser, texts } from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";
import {
  ANN,
  logIn,
  LOGOUT_FORM,
  sessionCookies,
  startSite,
} from "../helpers/site.ts";

test("a visitor who opens a member page logs in, lands on that page, and stays logged in", async ({ site }) => {
  const browser = site.visitor();
  const page = await logIn(browser, "/account/orders?x=1", ANN);
  assertEquals(page.url.href, `${site.app.origin}/account/orders?x=1`);
  assertEquals(page.status, 200);
  assertStringIncludes(page.body, "Your orders");
  assertEquals(shownUser(page), "Ann");
  const session = JSON.parse((await browser.request("/api/session")).body);
  assertEquals([session.kind, session.member.name], ["member", "Ann"]);
  assertStringIncludes((await browser.open("/account")).body, ANN);
});

test("GET /api/auth/login returns to the page that linked to it", async ({ site }) => {
  const headers = { referer: `${site.app.origin}/shop` };
  const linked = site.visitor();
  const login = await linked.request("/api/auth/login", { headers });
  const page = await logIn(linked, login.headers.get("location") ?? "", ANN);
  assertEquals(page.url.pathname, "/shop");
});

test("a callback works once, in the browser that started the login, and redirects to this site only (C2, C8)", async ({ site }) => {
  const browser = site.visitor();
  const callback = await callbackOf(browser, "/.//evil.com");
  const victim = site.visitor();
  assertEquals((await victim.request(callback)).status, 400);
  assertEquals(sessionCookies(victim), []);
  const { status, headers } = await browser.request(callback);
  assertEquals([status, headers.get("location")], [302, `${site.app.origin}/`]);
  const before = sessionCookies(browser);
  const again = await browser.request(callback);
  assertEquals(again.status, 400);
  assertStringIncludes(again.body, "no longer valid");
  assertEquals(sessionCookies(browser), before);
});

test("a cancelled login keeps the visitor session (C13)", async ({ site }) => {
  const browser = site.visitor();
  const loginPage = await browser.open("/api/auth/login?returnToUrl=/shop");
  const cancel = { action: "cancel" };
  const page = await browser.submit(loginPage, '[name="password"]', cancel);
  assertEquals(page.url.pathname, "/api/auth/callback");
  assertStringIncludes(page.body, "You are not logged in");
  assertEquals(texts(page.document, ".status"), [], "not an error");
  assertStringIncludes(page.body, "returnToUrl=%2Fshop");
  const line = `ref=${shownReference(page)} AuthorizationError`;
  assertStringIncludes(site.app.output(), line);
});

const SILENT_LOGIN = "/api/auth/login?prompt=none&returnToUrl=/shop";

test("prompt=none returns without a login page when no one is logged in at Wix", async ({ site }) => {
  const page = await site.visitor().open(SILENT_LOGIN);
  assertEquals(page.url.href, `${site.app.origin}/shop`);
  assertEquals(shownUser(page), "Visitor");
});

test.member("POST /api/auth/logout ends the session here and at Wix; nothing else does", async ({ ann, site }) => {
  for (
    const [method, headers] of [["GET", {}], ["POST", { origin: "null" }]]
  ) {
    const init = { method: String(method), headers: Object(headers) };
    const { status } = await ann.request("/api/auth/logout", init);
    assertEquals([403, 404, 405].includes(status), true, `${status}`);
  }
  const callback = "/api/auth/logout-callback?returnTo=//evil.com";
  const { headers } = await ann.request(callback);
  assertEquals(headers.get("location"), `${site.app.origin}/`);

  const home = await ann.open("/");
  assertEquals(shownUser(home), "Ann");
  const back = await ann.submit(home, LOGOUT_FORM);
  assertEquals(back.url.href, `${site.app.origin}/`);
  assertEquals(shownUser(back), "Visitor");
  // The login at Wix has ended too.
  assertEquals(shownUser(await ann.open(SILENT_LOGIN)), "Visitor");
});

Deno.test("logging out works while Wix is down", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const home = await browser.open("/");
  await site.wix.close();
  const back = await browser.submit(home, LOGOUT_FORM);
  assertEquals(back.url.pathname, "/");
  assertEquals(shownUser(back), "Visitor");
});

test("a login started at 127.0.0.1 works", async ({ site }) => {
  const browser = site.visitor();
  const { port } = new URL(site.app.origin);
  const headers = { accept: "text/html" };
  const url = `http://127.0.0.1:${port}/account/orders`;
  const opened = await browser.open(url, { headers });
  const account = { email: ANN, password: "any" };
  const page = await browser.submit(opened, '[name="password"]', account);
  assertEquals(page.url.href, `${site.app.origin}/account/orders`);
  assertEquals(shownUser(page), "Ann");
});

/** Logs in at Wix; returns the callback URL without opening it. */
async function callbackOf(
  browser: Browser,
  returnToUrl: string,
): Promise<string> {
  const query = new URLSearchParams({ returnToUrl });
  const login = await browser.request(`/api/auth/login?${query}`);
  const body = new URLSearchParams({ email: ANN, password: "any" });
  const loginUrl = login.headers.get("location") ?? "";
  const response = await browser.request(loginUrl, { method: "POST", body });
  const callback = response.headers.get("location") ?? "";
  assertMatch(callback, /\/api\/auth\/callback\?code=/);
  return callback;
}
