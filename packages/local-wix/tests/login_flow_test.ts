import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { type LocalWix, SITE, startLocalWix } from "../src/mod.ts";
import { Browser } from "./helpers/browser.ts";
import {
  at,
  authRequest,
  get,
  loginForm,
  pageUrl,
  post,
  REDIRECT_URI,
  visitorTokens,
} from "./helpers/http.ts";
import { CALLBACK, SdkRig } from "./helpers/sdk.ts";

Deno.test("[assumed] getAuthUrl() of the SDK leads to a login page on local Wix's origin", async () => {
  await using rig = await SdkRig.start();
  const { auth } = rig.visitor();
  const data = auth.generateOAuthData(CALLBACK);
  const { authUrl } = await auth.getAuthUrl(data, { responseMode: "query" });
  assertEquals(new URL(authUrl).origin, rig.wix.origin);
  const { status, text } = await new Browser().get(authUrl);
  assertEquals(status, 200);
  assertStringIncludes(text, "Local Wix");
  assertStringIncludes(text, "Any password works");
});

Deno.test("both redirect-session paths answer the same shape", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access: authorization } = await visitorTokens(wix);
  for (
    const path of [
      "/_api/redirects-api/v1/redirect-session",
      "/headless/v1/redirect-session",
    ]
  ) {
    const auth = { authRequest: authRequest() };
    const { body } = await post(wix, path, { auth }, { authorization });
    const session = Object(at(body, "redirectSession"));
    assertEquals(Object.keys(session).sort(), [
      "fullUrl",
      "id",
      "sessionToken",
      "shortUrl",
      "urlDetails",
    ]);
    const { endpoint, searchParams } = session.urlDetails;
    const query = new URLSearchParams(searchParams);
    assertEquals(session.fullUrl, `${endpoint}?${query}`);
  }
});

Deno.test("a redirect session needs a token", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const auth = { authRequest: authRequest() };
  const path = "/headless/v1/redirect-session";
  assertEquals((await post(wix, path, { auth })).status, 401);
});

Deno.test("the login page offers every account, the one with 47 orders first", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { text } = await new Browser().get(await authUrl(wix));
  const inputs = text.match(/<input type="radio"[^>]*>/g) ?? [];
  assertEquals(inputs.length, 12);
  assertMatch(inputs[0] ?? "", /value="ann@demo\.example"[^>]*checked/);
  assertEquals(inputs.filter((input) => input.includes("checked")).length, 1);
});

Deno.test("the login page escapes the names on it", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { text } = await new Browser().get(await authUrl(wix));
  assert(!text.includes("<b>Lynch"));
  assertStringIncludes(text, "&#60;b&#62;Lynch");
});

Deno.test("logging in sends code and state to the redirect URI as query", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const url = await authUrl(wix, { redirectUri: `${REDIRECT_URI}?kept=1` });
  const { status, location } = await new Browser().submit(url, loginForm());
  assertEquals(status, 303);
  const { origin, pathname, searchParams } = new URL(location ?? "");
  assertEquals(origin + pathname, REDIRECT_URI);
  assertEquals([...searchParams.keys()], ["kept", "code", "state"]);
  assertEquals(searchParams.get("state"), "a-state");
});

Deno.test("logging in sends code and state as fragment when asked to", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const url = await authUrl(wix, { responseMode: "fragment" });
  const { location } = await new Browser().submit(url, loginForm());
  const { search, hash } = new URL(location ?? "");
  const values = new URLSearchParams(hash.slice(1));
  assertEquals([search, values.get("state")], ["", "a-state"]);
  assert(values.get("code"));
});

Deno.test("logging in answers a posting page in web_message mode", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const state = "</script><b>";
  const url = await authUrl(wix, {
    responseMode: "web_message",
    redirectUri: undefined,
    state,
  });
  const page = await new Browser().submit(url, loginForm());
  const script = /postMessage\((.*), "\*"\)<\/script>/.exec(page.text)?.[1];
  assert(!script?.includes("<"));
  assertEquals(JSON.parse(script ?? "").state, state);
  const policy = page.headers.get("content-security-policy") ?? "";
  assertMatch(policy, /frame-ancestors http:\/\/localhost:\*/);
  assertMatch(policy, /script-src 'sha256-/);
});

Deno.test("canceling sends access_denied and state", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const url = await authUrl(wix);
  const form = { email: "ann@demo.example", password: "", action: "cancel" };
  const { location } = await new Browser().submit(url, form);
  const { searchParams } = new URL(location ?? "");
  assertEquals(searchParams.get("error"), "access_denied");
  assertEquals(searchParams.get("state"), "a-state");
  assertEquals(searchParams.get("code"), null);
});

Deno.test("any password works, an empty one too", async () => {
  await using wix = await startLocalWix({ port: 0 });
  for (const password of ["any", ""]) {
    const url = await authUrl(wix);
    const form = { ...loginForm(), password };
    assertEquals((await new Browser().submit(url, form)).status, 303, password);
  }
});

Deno.test("an unknown account shows the form again", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const url = await authUrl(wix);
  const browser = new Browser();
  const unknown = await browser.submit(url, loginForm("eve@demo.example"));
  assertEquals(unknown.status, 400);
  assertEquals((await browser.submit(url, loginForm())).status, 303);
});

Deno.test("a login page can be reloaded, and works once", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const url = await authUrl(wix);
  const browser = new Browser();
  await browser.get(url);
  assertEquals((await browser.get(url)).status, 200);
  await browser.submit(url, loginForm());
  const [shown, submitted] = [
    await browser.get(url),
    await browser.submit(url, loginForm()),
  ];
  assertEquals([shown.status, submitted.status], [404, 404]);
  assertStringIncludes(shown.text, "no longer valid");
});

Deno.test("a redirect URI that is not allowed ends on a page of local Wix", async () => {
  await using wix = await startLocalWix({ port: 0 });
  for (
    const redirectUri of [
      "https://evil.example/callback",
      "http://localhost.evil.example/",
      "http://evil-localhost/",
      "http://user@localhost:8000/",
      "javascript:alert(1)",
      "//evil.example",
    ]
  ) {
    const url = await authUrl(wix, { redirectUri });
    const silent = await authUrl(wix, { redirectUri }, "none");
    const browser = new Browser();
    const pages = [
      await browser.get(url),
      await browser.submit(url, loginForm()),
      await browser.submit(url, { action: "cancel" }),
      await browser.get(silent),
    ];
    for (const { status, location } of pages) {
      assertEquals([status, location], [400, null]);
    }
  }
});

Deno.test("allowedOrigins adds origins that may be redirected to", async () => {
  const allowedOrigins = ["https://shop.example"];
  await using wix = await startLocalWix({ port: 0, allowedOrigins });
  const url = await authUrl(wix, { redirectUri: "https://shop.example/cb" });
  const { status } = await new Browser().submit(url, loginForm());
  assertEquals(status, 303);
});

Deno.test("an unknown client ends on a page of local Wix", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const url = await authUrl(wix, { clientId: SITE.siteId });
  const { status, text } = await new Browser().get(url);
  assertEquals(status, 400);
  assertStringIncludes(text, "Unknown client");
});

Deno.test("a malformed authorization request is refused when it is made", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access: authorization } = await visitorTokens(wix);
  for (
    const [changes, field] of [
      [{ redirectUri: undefined }, "redirectUri"],
      [{ codeChallenge: undefined }, "codeChallenge"],
      [{ codeChallengeMethod: "plain" }, "codeChallengeMethod"],
      [{ responseType: "token" }, "responseType"],
      [{ responseMode: "pigeon" }, "responseMode"],
    ] as const
  ) {
    const path = "/headless/v1/redirect-session";
    const auth = { authRequest: authRequest(changes) };
    const answer = await post(wix, path, { auth }, { authorization });
    const at0 = "details.validationError.fieldViolations.0.field";
    const named = at(answer.body, at0);
    assertEquals([answer.status, named], [400, `auth.authRequest.${field}`]);
  }
});

Deno.test("prompt=none answers login_required when nobody is logged in", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const url = await authUrl(wix, {}, "none");
  const { status, location } = await new Browser().get(url);
  const { searchParams } = new URL(location ?? "");
  assertEquals(status, 303);
  assertEquals(searchParams.get("error"), "login_required");
  assertEquals(searchParams.get("state"), "a-state");
});

Deno.test("prompt=none answers a code for the member who is logged in", async () => {
  await using rig = await SdkRig.start();
  const browser = new Browser();
  await rig.member("chiara@demo.example", { browser });
  const client = rig.visitor();
  const data = client.auth.generateOAuthData(CALLBACK);
  const { authUrl } = await client.auth.getAuthUrl(data, {
    responseMode: "query",
    prompt: "none",
  });
  const { location } = await browser.get(authUrl);
  const { code } = client.auth.parseFromUrl(location ?? "", "query");
  client.auth.setTokens(
    await client.auth.getMemberTokens(code, data.state, data),
  );
  const { member } = await client.members.getCurrentMember();
  assertEquals(member?.profile?.nickname, "Chiara");
});

Deno.test("other prompts show the form to a member who is logged in", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const browser = new Browser();
  const form = loginForm("chiara@demo.example");
  await browser.submit(await authUrl(wix), form);
  for (const prompt of ["login", "consent", "select_account"]) {
    const { status, text } = await browser.get(
      await authUrl(wix, {}, prompt),
    );
    assertEquals(status, 200);
    const [first = ""] = text.match(/<input type="radio"[^>]*>/) ?? [];
    assertMatch(first, /value="chiara@demo\.example"[^>]*checked/);
  }
  assertEquals((await browser.get(await authUrl(wix))).status, 303);
});

Deno.test("the login cookie is out of reach for scripts and for the app", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const page = await new Browser().submit(await authUrl(wix), loginForm());
  assertEquals(page.setCookies.length, 1);
  const [cookie = ""] = page.setCookies;
  assertMatch(cookie, /^local_wix_login=.*; Path=\/_pages; HttpOnly;/);
});

Deno.test("[assumed] a login at the hosted pages lasts thirty days", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const page = await new Browser().submit(await authUrl(wix), loginForm());
  assertMatch(page.setCookies[0] ?? "", /; Max-Age=2592000$/);
});

Deno.test("a forged login cookie is nobody's", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const browser = new Browser();
  await browser.submit(await authUrl(wix), loginForm());
  browser.setCookies((value) => value.slice(0, -4) + "AAAA");
  const { location } = await browser.get(await authUrl(wix, {}, "none"));
  assertMatch(location ?? "", /error=login_required/);
});

Deno.test("a full-page login returns to postFlowUrl without a code", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const postFlowUrl = "http://127.0.0.1:8000/after";
  const body = { login: {}, callbacks: { postFlowUrl } };
  const url = await pageUrl(wix, body);
  const { location } = await new Browser().submit(url, loginForm());
  assertEquals(location, postFlowUrl);
});

Deno.test("page URLs use the loopback name that the request used", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { port } = new URL(wix.origin);
  const { access: authorization } = await visitorTokens(wix);
  const numeric = { ...wix, origin: `http://127.0.0.1:${port}` };
  const path = "/headless/v1/redirect-session";
  const { body } = await post(numeric, path, { login: {} }, { authorization });
  const url = String(at(body, "redirectSession.fullUrl"));
  assertEquals(new URL(url).origin, numeric.origin);
});

Deno.test("a redirect session of another kind is not implemented", async () => {
  await using wix = await startLocalWix({ port: 0 });
  const { access: authorization } = await visitorTokens(wix);
  const path = "/headless/v1/redirect-session";
  const events = { eventsCheckout: { reservationId: "r-1" } };
  const answer = await post(wix, path, events, { authorization });
  assertEquals(answer.status, 501);
  assertEquals((await get(wix, "/_local/counters")).status, 200);
});

/** The login page for an authorization request with `changes`. */
function authUrl(
  wix: LocalWix,
  changes: Record<string, unknown> = {},
  prompt?: string,
): Promise<string> {
  const auth = { authRequest: authRequest(changes), ...(prompt && { prompt }) };
  return pageUrl(wix, { auth });
}
