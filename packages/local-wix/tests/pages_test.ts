/** The hosted pages of login, logout and checkout. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { type LocalWix, SITE } from "../src/mod.ts";
import { CANDLE, GUEST, MUG, submit } from "./contract/shop.ts";
import { Browser } from "./helpers/browser.ts";
import {
  at,
  authRequest,
  loginForm,
  memberTokens,
  pageUrl,
  post,
  REDIRECT_URI,
  refresh,
  textAt,
  visitorTokens,
} from "./helpers/http.ts";
import { test } from "./helpers/site.ts";

const SESSIONS = "/headless/v1/redirect-session";
const LOGOUT = {
  logout: { clientId: SITE.clientId },
  callbacks: { postFlowUrl: "http://localhost:8000/" },
};

/** The login page for an authorization request with `changes`. */
function loginUrl(
  wix: LocalWix,
  changes: Record<string, unknown> = {},
  prompt?: string,
): Promise<string> {
  const auth = { authRequest: authRequest(changes), ...(prompt && { prompt }) };
  return pageUrl(wix, { auth });
}

test("[assumed] a redirect session has the URL of a local Wix page, on both paths", async (wix) => {
  const { access: authorization } = await visitorTokens(wix);
  const { port } = new URL(wix.origin);
  const origin = `http://127.0.0.1:${port}`;
  const url = await pageUrl({ ...wix, origin }, { login: {} });
  assertEquals(new URL(url).origin, origin, "the name of the request");
  const auth = { authRequest: authRequest() };
  for (const path of ["/_api/redirects-api/v1/redirect-session", SESSIONS]) {
    const { body } = await post(wix, path, { auth }, { authorization });
    const { urlDetails, fullUrl } = Object(at(body, "redirectSession"));
    const query = new URLSearchParams(urlDetails.searchParams);
    assertEquals(fullUrl, `${urlDetails.endpoint}?${query}`);
    assertEquals(new URL(fullUrl).origin, wix.origin);
    assertEquals((await post(wix, path, { auth })).status, 401);
  }
});

test("the login page offers every account, with 47 orders first, escaped", async (wix) => {
  const { text } = await new Browser().get(await loginUrl(wix));
  const inputs = text.match(/<input type="radio"[^>]*>/g) ?? [];
  assertEquals(inputs.length, 12);
  assertMatch(inputs[0] ?? "", /value="ann@demo\.example"[^>]*checked/);
  assertEquals(inputs.filter((input) => input.includes("checked")).length, 1);
  assertMatch(text, /&lt;b>Lynch/);
  assert(!text.includes("<b>Lynch"));
});

test("logging in sets a cookie for hosted pages, keeps the redirect URI's query and adds code and state", async (wix) => {
  const url = await loginUrl(wix, { redirectUri: `${REDIRECT_URI}?kept=1` });
  const browser = new Browser();
  const unknown = await browser.submit(url, loginForm("eve@demo.example"));
  assertEquals(unknown.status, 400, "the form again");
  const form = { ...loginForm(), password: "" };
  const { status, location, setCookies } = await browser.submit(url, form);
  assertMatch(
    setCookies.join(),
    /^local_wix_login=[^,]*; Path=\/_pages; HttpOnly; .*Max-Age=2592000$/,
  );
  const { origin, pathname, searchParams } = new URL(location ?? "");
  assertEquals([status, origin + pathname], [303, REDIRECT_URI]);
  assertEquals([...searchParams.keys()], ["kept", "code", "state"]);
  const postFlowUrl = "http://127.0.0.1:8000/after";
  const page = await pageUrl(wix, { login: {}, callbacks: { postFlowUrl } });
  const back = await new Browser().submit(page, loginForm());
  assertEquals(back.location, postFlowUrl, "a full-page login has no code");
});

test("web_message posts a literal that cannot end its script", async (wix) => {
  const state = "</script><b>";
  const responseMode = "web_message";
  const changes = { responseMode, redirectUri: undefined, state };
  const url = await loginUrl(wix, changes);
  const { text, headers } = await new Browser().submit(url, loginForm());
  const script = /postMessage\((.*), "\*"\)<\/script>/.exec(text)?.[1];
  assert(!script?.includes("<"));
  assertEquals(JSON.parse(script ?? "").state, state);
  const policy = headers.get("content-security-policy") ?? "";
  assertMatch(policy, /frame-ancestors http:\/\/localhost:\*/);
  assertMatch(policy, /script-src 'sha256-/);
});

const NOT_ALLOWED = [
  "https://evil.example/callback",
  "http://localhost.evil.example/",
  "http://evil-localhost/",
  "javascript:alert(1)",
  "//evil.example",
];

test("a redirect URI or client that is not allowed shows a page of local Wix", async (wix) => {
  const unknownClient = { clientId: SITE.siteId };
  const requests = NOT_ALLOWED.map((redirectUri) => ({ redirectUri }));
  for (const changes of [unknownClient, ...requests]) {
    const url = await loginUrl(wix, changes);
    const browser = new Browser();
    for (
      const { status, location } of [
        await browser.get(url),
        await browser.submit(url, loginForm()),
        await browser.submit(url, { action: "cancel" }),
        await browser.get(await loginUrl(wix, changes, "none")),
      ]
    ) assertEquals([status, location], [400, null], JSON.stringify(changes));
  }
  wix.controls.allowedOrigins = ["https://shop.example"];
  const url = await loginUrl(wix, { redirectUri: "https://shop.example/cb" });
  assertEquals((await new Browser().submit(url, loginForm())).status, 303);
});

test("a logout link logs the page out, once, and does not redirect without postFlowUrl", async (wix) => {
  const browser = new Browser();
  await browser.submit(await loginUrl(wix), loginForm());
  const url = await pageUrl(wix, LOGOUT);
  assertEquals((await browser.get(url)).status, 303);
  const { location } = await browser.get(await loginUrl(wix, {}, "none"));
  assertMatch(location ?? "", /error=login_required/);
  assertEquals((await browser.get(url)).status, 404);
  const { logout } = LOGOUT;
  const { status, text } = await browser.get(await pageUrl(wix, { logout }));
  assertEquals(status, 200);
  assertMatch(text, /You are logged out/);
});

test("tokens work until the logout page is opened, if it may redirect back", async (wix) => {
  const { access, refresh: token } = await memberTokens(wix);
  const callbacks = { postFlowUrl: "https://evil.example/" };
  const bad = await pageUrl(wix, { ...LOGOUT, callbacks }, access);
  const { status, location } = await new Browser().get(bad);
  assertEquals([status, location], [400, null]);
  const good = await pageUrl(wix, LOGOUT, access);
  assertEquals((await refresh(wix, token)).status, 200);
  await new Browser().get(good);
  assertEquals((await refresh(wix, token)).status, 400);
});

const FILLED = { ...GUEST, country: "US", action: "order" };

/** The page of a checkout with a mug and a candle, without callbacks. */
async function checkoutUrl(wix: LocalWix, access?: string): Promise<string> {
  const authorization = access ?? (await visitorTokens(wix)).access;
  const body = { channelType: "WEB", lineItems: [MUG, CANDLE] };
  const headers = { authorization };
  const made = await post(wix, "/ecom/v1/checkouts", body, headers);
  const checkoutId = textAt(made.body, "checkout.id");
  return await pageUrl(wix, { ecomCheckout: { checkoutId } }, authorization);
}

test("the checkout page says that it is local, and runs no script", async (wix) => {
  const { headers, text } = await new Browser().get(await checkoutUrl(wix));
  assertMatch(text, /replaces Wix on this machine/);
  assertMatch(text, /No payment is made/);
  assert(!text.includes("<script"));
  const policy = headers.get("content-security-policy") ?? "";
  assertMatch(policy, /default-src 'none'/);
  assert(!policy.includes("script-src"));
  assertEquals(headers.get("cache-control"), "no-store");
});

test("the checkout page names each invalid field, and shows markup as text", async (wix) => {
  const url = await checkoutUrl(wix);
  const rows = [
    ["email", "nobody"],
    ["firstName", "  "],
    ["lastName", "x".repeat(101)],
    ["city", ""],
    ["country", "ZZ"],
    ["email", '"><img src=x onerror=alert(1)>'],
  ] as const;
  for (const [field, value] of rows) {
    const form = { ...FILLED, [field]: value };
    const { status, text } = await new Browser().submit(url, form);
    const ids = [...text.matchAll(/id="(\w+)-problem"/g)].map(([, id]) => id);
    assertEquals([status, ids], [400, [field]], `${field} ${value}`);
    assert(!text.includes("<img src=x"));
  }
});

test("the checkout page places no order with another total", async (wix) => {
  const url = await checkoutUrl(wix);
  const browser = new Browser();
  for (const total of ["0", "-1", "2216.0", ""]) {
    const { status, text } = await browser.submit(url, { ...FILLED, total });
    assertEquals(status, 400, total);
    assertMatch(text, /The total has changed/);
  }
  const update = { shipping: "express", country: "GB", action: "update" };
  const updated = await browser.submit(url, { ...FILLED, ...update });
  assertMatch(updated.text, /\$54\.20/);
  assertMatch((await submit(url, GUEST)).text, /was placed/);
});
