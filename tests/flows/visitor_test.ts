import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { attributes, shownMembers, text } from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";
import { startSite } from "../helpers/site.ts";

const NO_GRANTS = {
  anonymous: 0,
  authorized_client: 0,
  authorization_code: 0,
  client_credentials: 0,
  refresh_token: 0,
  strip_bound_session: 0,
};

test("a page that calls no Wix makes no session and costs no call", async (site) => {
  const page = await site.visitor().open("/");
  assertEquals(page.status, 200);
  assertMatch(text(page.document, ".who p"), /^You are a visitor\./);
  assertEquals(page.headers.getSetCookie(), []);
  assertEquals(site.grants(), NO_GRANTS);
});

test("the first call to Wix makes a visitor session, and later pages use it", async (site) => {
  const browser = site.visitor();
  const first = await browser.open("/members");
  assertEquals(first.status, 200);
  assert(shownMembers(first).includes("Ann"));
  assertEquals(first.headers.getSetCookie().length, 1);

  const second = await browser.open("/members");
  assertEquals(second.headers.getSetCookie(), []);
  assertEquals(site.grants(), { ...NO_GRANTS, anonymous: 1 });
});

test("GET /api/session tells kind and end, and no token", async (site) => {
  const browser = site.visitor();
  const before = await browser.request("/api/session");
  assertEquals(JSON.parse(before.body), {
    kind: "visitor",
    expiresAt: null,
  });

  await browser.open("/members");
  const askedAt = Date.now();
  const after = JSON.parse((await browser.request("/api/session")).body);
  assertEquals(Object.keys(after), ["kind", "expiresAt"]);
  assertMatch(after.expiresAt, /^\d{4}-\d\d-\d\dT/);
  const minutes = Math.round((Date.parse(after.expiresAt) - askedAt) / 60_000);
  assertEquals(minutes, 30 * 24 * 60);
});

test("an unknown page is a 404 with the site's face and no call to Wix", async (site) => {
  const page = await site.visitor().open("/no-such-page");
  assertEquals(page.status, 404);
  assertStringIncludes(page.body, "There is nothing here");
  assertEquals(page.body.includes("Reference"), false);
  assertEquals(page.headers.get("x-content-type-options"), "nosniff");
  assertEquals(site.grants(), NO_GRANTS);
});

test("files cost no session", async (site) => {
  const file = await site.visitor().request("/favicon.svg");
  assertEquals(file.status, 200);
  assertEquals(file.headers.get("content-type"), "image/svg+xml");
  assertEquals(file.headers.getSetCookie(), []);
});

test("pages without islands load no JavaScript", async (site) => {
  for (const path of ["/", "/members", "/no-such-page"]) {
    const { document } = await site.visitor().open(path);
    assertEquals(document.querySelectorAll("script").length, 0, path);
  }
});

test("the refused call and the elevated endpoint stand side by side", async (site) => {
  const browser = site.visitor();
  const page = await browser.open("/elevation");
  assertEquals(page.status, 200);
  assertStringIncludes(page.body, "403 PERMISSION_DENIED");
  assertStringIncludes(page.body, "Identity of kind visitor lacks permission");
  assertMatch(text(page.document, ".reference"), /request id: [\w.]+$/);
  assertMatch(text(page.document, ".facts"), /^Business ?Juniper & Sons/);

  const endpoint = await browser.request("/api/site-properties");
  assertEquals(endpoint.status, 200);
  assertEquals(Object.keys(JSON.parse(endpoint.body)), [
    "businessName",
    "language",
    "paymentCurrency",
    "timeZone",
  ]);
});

test("elevated calls of everybody share one app token", async (site) => {
  const answers = await Promise.all(
    Array.from(
      { length: 20 },
      () => site.visitor().request("/api/site-properties"),
    ),
  );
  assertEquals(new Set(answers.map(({ status }) => status)), new Set([200]));
  assertEquals(site.grants(), { ...NO_GRANTS, client_credentials: 1 });
});

test("a bad cookie is a visitor, and is expired in the same answer", async (site) => {
  const browser = site.visitor();
  browser.setCookie("localhost", "wix_visitor", "not-a-seal");
  const page = await browser.open("/");
  assertEquals(page.status, 200);
  assertMatch(
    page.headers.getSetCookie().join(),
    /^wix_visitor=;.*Expires=Thu, 01 Jan 1970/,
  );
  assertEquals(browser.cookie("localhost", "wix_visitor"), undefined);
});

test("answers are kept out of every cache", async (site) => {
  for (const path of ["/", "/members", "/api/session", "/nope", "/account"]) {
    const { headers } = await site.visitor().request(path);
    assertEquals(headers.get("cache-control"), "private, no-store", path);
    assertEquals(headers.get("vary"), "Cookie", path);
  }
});

test("pages run our scripts only, and what is no page runs none", async (site) => {
  const browser = site.visitor();
  const page = await browser.open("/elevation");
  const policy = page.headers.get("content-security-policy") ?? "";
  const [nonce] = attributes(page.document, "script", "nonce");
  assertStringIncludes(policy, `script-src 'self' 'nonce-${nonce}'`);
  for (const path of ["/api/session", "/account", "/healthz"]) {
    const { headers } = await browser.request(path);
    assertEquals(
      headers.get("content-security-policy"),
      "default-src 'none'; frame-ancestors 'none'",
      path,
    );
  }
});

test("addresses of our pages are not told to other sites (S8)", async (site) => {
  for (const path of ["/", "/api/auth/callback?code=x", "/account"]) {
    const { headers } = await site.visitor().request(path);
    assertEquals(headers.get("referrer-policy"), "same-origin", path);
  }
});

Deno.test("GET /healthz answers without asking Wix", async () => {
  await using site = await startSite();
  await site.wix.close();
  const { status, body } = await site.visitor().request("/healthz");
  assertEquals([status, body], [200, "ok\n"]);
});
