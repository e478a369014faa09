import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { shownMembers, shownUser } from "../helpers/document.ts";
import { test } from "../helpers/shared_site.ts";
import { startSite } from "../helpers/site.ts";

test("the first call to Wix starts a visitor session, which later pages use", async ({ site }) => {
  const browser = site.visitor();
  const home = await browser.open("/");
  assertEquals(home.status, 200);
  assertEquals(shownUser(home), "Visitor");
  assertEquals(home.headers.getSetCookie(), []);
  // The catalogue is read by a visitor of the process.
  const { anonymous = 0 } = site.grants();

  const first = await browser.open("/test/members");
  assert(shownMembers(first).includes("Ann"));
  assertEquals(first.headers.getSetCookie().length, 1);
  const second = await browser.open("/test/members");
  assertEquals(second.headers.getSetCookie(), []);
  assertEquals(site.grants().anonymous, anonymous + 1);
});

test("GET /api/session returns kind and expiry, but no token", async ({ site }) => {
  const browser = site.visitor();
  const { body } = await browser.request("/api/session");
  assertEquals(JSON.parse(body), { kind: "visitor", expiresAt: null });

  await browser.open("/test/members");
  const askedAt = Date.now();
  const after = JSON.parse((await browser.request("/api/session")).body);
  assertEquals(Object.keys(after), ["kind", "expiresAt"]);
  assertMatch(after.expiresAt, /^\d{4}-\d\d-\d\dT/);
  const minutes = Math.round((Date.parse(after.expiresAt) - askedAt) / 60_000);
  assertEquals(minutes, 30 * 24 * 60);
});

test("an unknown page is a 404 in the site's layout, without calls to Wix", async ({ site }) => {
  const page = await site.visitor().open("/no-such-page");
  assertEquals(page.status, 404);
  assertStringIncludes(page.body, "Page not found");
  assertEquals(page.body.includes("Reference"), false);
  assertEquals(site.grants().anonymous, 0);
});

test("search engines don't list pages for tests", async ({ site }) => {
  const robots = async (path: string) =>
    (await site.visitor().open(path)).headers.get("x-robots-tag");
  const pages = ["/test/members", "/test/island", "/api/test/elevated"];
  assertEquals(await robots("/"), null);
  for (const path of pages) assertMatch(await robots(path) ?? "", /^noindex/);
});

test("static files start no session", async ({ site }) => {
  const file = await site.visitor().request("/favicon.svg");
  assertEquals(file.status, 200);
  assertEquals(file.headers.get("content-type"), "image/svg+xml");
  assertEquals(file.headers.getSetCookie(), []);
});

test("pages without islands load no JavaScript", async ({ site }) => {
  for (const path of ["/", "/shop", "/test/members", "/no-such-page"]) {
    const { document } = await site.visitor().open(path);
    assertEquals(
      document.querySelectorAll("script:not([type*=json])").length,
      0,
      path,
    );
  }
});

Deno.test("GET /healthz responds without calling Wix", async () => {
  await using site = await startSite();
  await site.wix.close();
  const { status, body } = await site.visitor().request("/healthz");
  assertEquals([status, body], [200, "ok\n"]);
});
