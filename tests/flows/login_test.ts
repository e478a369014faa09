import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { shownReference, shownUser, texts } from "../helpers/document.ts";
import {
  ANN,
  logIn,
  LOGOUT_FORM,
  sessionCookies,
  startSite,
} from "../helpers/site.ts";

Deno.test("a visitor who opens a member page logs in and lands on that page", async () => {
  await using site = await startSite();
  const browser = site.visitor();
  const page = await logIn(browser, "/account/orders?x=1", ANN);
  assertEquals(page.url.href, `${site.app.origin}/account/orders?x=1`);
  assertEquals(page.status, 200);
  assertStringIncludes(page.body, "Your orders");
  assertEquals(shownUser(page), "Ann");
});

Deno.test("the member's identity serves later requests", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const session = JSON.parse((await browser.request("/api/session")).body);
  assertEquals(session.kind, "member");
  assertEquals(session.member.name, "Ann");
  const account = await browser.open("/account");
  assertStringIncludes(account.body, ANN);
});

Deno.test("GET /api/auth/login comes back to the page of ours it was linked on", async () => {
  await using site = await startSite();
  const browser = site.visitor();
  const login = await browser.request("/api/auth/login", {
    headers: { referer: `${site.app.origin}/members` },
  });
  const page = await logIn(browser, login.headers.get("location") ?? "", ANN);
  assertEquals(page.url.pathname, "/members");
});

Deno.test("returnUrl is an alias of returnToUrl", async () => {
  await using site = await startSite();
  const browser = site.visitor();
  const page = await logIn(
    browser,
    "/api/auth/login?returnUrl=/elevation",
    ANN,
  );
  assertEquals(page.url.pathname, "/elevation");
});

Deno.test("GET /api/auth/callback keeps the session when state does not match (C4)", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const before = sessionCookies(browser);
  const page = await browser.open(
    `/api/auth/callback?code=x&state=${"A".repeat(43)}`,
  );
  assertEquals(page.status, 400);
  assertStringIncludes(page.body, "no longer valid");
  assertEquals(sessionCookies(browser), before);
  assertEquals(site.grants().authorization_code, 1);
});

Deno.test("the same callback a second time changes nothing (C8)", async () => {
  await using site = await startSite();
  const browser = site.visitor();
  const { callback } = await answerOfWix(site.app.origin, browser);
  assertEquals((await browser.request(callback)).status, 302);
  const again = await browser.request(callback);
  assertEquals(again.status, 400);
  const session = JSON.parse((await browser.request("/api/session")).body);
  assertEquals(session.kind, "member");
});

Deno.test("another browser cannot use somebody's callback (C2)", async () => {
  await using site = await startSite();
  const { callback } = await answerOfWix(site.app.origin, site.visitor());
  const victim = site.visitor();
  assertEquals((await victim.request(callback)).status, 400);
  assertEquals(victim.cookie("localhost", "wix_session"), undefined);
  assertEquals(site.grants().authorization_code, 0);
});

Deno.test("logins in two tabs both work, in either order (C11)", async () => {
  await using site = await startSite();
  const browser = site.visitor();
  const first = await answerOfWix(site.app.origin, browser, "/members");
  const second = await answerOfWix(site.app.origin, browser, "/elevation");
  for (
    const [{ callback }, path] of [[second, "/elevation"], [
      first,
      "/members",
    ]] as const
  ) {
    const answer = await browser.request(callback);
    assertEquals(answer.headers.get("location"), site.app.origin + path);
  }
});

Deno.test("twenty abandoned logins leave at most five cookies (C12)", async () => {
  await using site = await startSite();
  const browser = site.visitor();
  for (let i = 0; i < 20; i++) await browser.request("/api/auth/login");
  const header = browser.cookieHeader(new URL(site.app.origin));
  assertEquals(header.match(/wix_login\./g)?.length, 5);
  assertEquals(header.length < 8_192, true);
});

Deno.test("a cancelled login says so and keeps the visitor (C13)", async () => {
  await using site = await startSite();
  const browser = site.visitor();
  const loginPage = await browser.open("/api/auth/login?returnToUrl=/members");
  const page = await browser.submit(loginPage, '[name="password"]', {
    action: "cancel",
  });
  assertEquals(page.url.pathname, "/api/auth/callback");
  assertStringIncludes(page.body, "You are not logged in");
  assertEquals(texts(page.document, ".status"), [], "it is no error");
  assertStringIncludes(page.body, "returnToUrl=%2Fmembers");
  const reference = shownReference(page);
  assertStringIncludes(
    site.app.output(),
    `ref=${reference} AuthorizationError`,
  );
});

Deno.test("prompt=none comes straight back when nobody is logged in at Wix", async () => {
  await using site = await startSite();
  const browser = site.visitor();
  const page = await browser.open(
    "/api/auth/login?prompt=none&returnToUrl=/members",
  );
  assertEquals(page.url.href, `${site.app.origin}/members`);
  assertEquals(shownUser(page), "Visitor");
});

Deno.test("a code that Wix refuses is a page with a way to try again (C17)", async () => {
  await using site = await startSite();
  const browser = site.visitor();
  const { callback } = await answerOfWix(site.app.origin, browser, "/members");
  const forged = new URL(callback);
  forged.searchParams.set("code", "not-the-code");
  const page = await browser.request(forged.href);
  assertEquals(page.status, 400);
  assertStringIncludes(page.body, "Wix refused the login");
  assertStringIncludes(page.body, "returnToUrl=%2Fmembers");
});

const hostileReturnUrls: [id: string, value: string][] = [
  ["R1", "//evil.com"],
  ["R4", "/\\evil.com"],
  ["R6", "/\t/evil.com"],
  ["R10", "/.//evil.com"],
  ["R16", "https://localhost.evil.com"],
  ["R25", "javascript:alert(1)"],
  ["R33", "/%2f/evil.com"],
  ["R41", "/api/auth/logout"],
];
Deno.test("a hostile return URL leads home, judged on the callback's Location", async (t) => {
  await using site = await startSite();
  for (const [id, value] of hostileReturnUrls) {
    await t.step(`${id} ${JSON.stringify(value)}`, async () => {
      const browser = site.visitor();
      const { callback } = await answerOfWix(site.app.origin, browser, value);
      const { headers } = await browser.request(callback);
      assertEquals(headers.get("location"), `${site.app.origin}/`);
    });
  }
});

Deno.test("POST /api/auth/logout ends the session here and at Wix", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const home = await browser.open("/");
  const back = await browser.submit(home, LOGOUT_FORM);
  assertEquals(back.url.href, `${site.app.origin}/`);
  assertEquals(shownUser(back), "Visitor");
  // Wix's own login is over too: it asks for the password again.
  const silent = await browser.open(
    "/api/auth/login?prompt=none&returnToUrl=/members",
  );
  assertEquals(shownUser(silent), "Visitor");
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

const crossSite: [id: string, headers: Record<string, string>][] = [
  ["X1 a form of another site", {
    origin: "https://evil.example",
    "sec-fetch-site": "cross-site",
  }],
  ["X5 a sibling", { "sec-fetch-site": "same-site" }],
  ["X9 another Origin alone", { origin: "https://evil.example" }],
  ["X10 Origin null", { origin: "null" }],
  ["neither header", {}],
];
Deno.test("POST /api/auth/logout refuses what our pages did not send", async (t) => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  for (const [name, headers] of crossSite) {
    await t.step(name, async () => {
      const page = await browser.request("/api/auth/logout", {
        method: "POST",
        headers,
      });
      assertEquals(page.status, 403);
      assertEquals(page.headers.getSetCookie(), []);
    });
  }
  const session = JSON.parse((await browser.request("/api/session")).body);
  assertEquals(session.kind, "member");
});

Deno.test("GET /api/auth/logout logs nobody out (X2)", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const { status } = await browser.request("/api/auth/logout");
  assertEquals(status === 404 || status === 405, true, String(status));
  const session = JSON.parse((await browser.request("/api/session")).body);
  assertEquals(session.kind, "member");
});

Deno.test("GET /api/auth/logout-callback changes nothing, whoever calls it", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
  const page = await browser.request(
    "/api/auth/logout-callback?returnTo=//evil.com",
  );
  assertEquals(page.headers.get("location"), `${site.app.origin}/`);
  assertEquals(page.headers.getSetCookie(), []);
});

Deno.test("the login link with an unknown prompt is a page, not an error of Wix", async () => {
  await using site = await startSite();
  const page = await site.visitor().open("/api/auth/login?prompt=whatever");
  assertEquals(page.status, 400);
  assertStringIncludes(page.body, "This login link is not valid");
});

/** Goes through Wix's login page and stops before the callback. */
async function answerOfWix(
  appOrigin: string,
  browser: ReturnType<Awaited<ReturnType<typeof startSite>>["visitor"]>,
  returnUrl = "/",
) {
  const query = new URLSearchParams({ returnToUrl: returnUrl });
  const login = await browser.request(`${appOrigin}/api/auth/login?${query}`);
  const loginUrl = login.headers.get("location") ?? "";
  const answer = await browser.request(loginUrl, {
    method: "POST",
    body: new URLSearchParams({ email: ANN, password: "any" }),
  });
  const callback = answer.headers.get("location") ?? "";
  assertMatch(callback, /\/api\/auth\/callback\?code=/);
  return { callback };
}

Deno.test("who opens the app by this machine's other name can log in too", async () => {
  await using site = await startSite();
  const browser = site.visitor();
  const { port } = new URL(site.app.origin);
  const opened = await browser.open(`http://127.0.0.1:${port}/account/orders`, {
    headers: { accept: "text/html" },
  });
  const page = await browser.submit(opened, '[name="password"]', {
    email: ANN,
    password: "any",
  });
  assertEquals(page.url.href, `${site.app.origin}/account/orders`);
  assertEquals(page.status, 200);
  assertEquals(shownUser(page), "Ann");
});
